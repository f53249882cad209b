package io.wavegate.s2s.component;

import java.util.List;

/**
 * The outcome of an input.
 *
 * @param state the state from now on
 * @param effects what to do, in order
 */
public record ComponentStep(ComponentState state, List<ComponentEffect> effects) {
    public ComponentStep {
        effects = List.copyOf(effects);
    }
}
