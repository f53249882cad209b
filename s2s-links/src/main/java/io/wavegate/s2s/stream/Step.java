package io.wavegate.s2s.stream;

import java.util.List;

/**
 * The outcome of an input.
 *
 * @param state the state from now on
 * @param effects what to do, in order
 * @param <S> the kind of state
 */
public record Step<S>(S state, List<StreamEffect> effects) {
    public Step {
        effects = List.copyOf(effects);
    }
}
