package io.wavegate.load.sim.stream;

import io.wavegate.s2s.stream.InitiatingStream;
import io.wavegate.s2s.stream.ReceivingStream;
import io.wavegate.s2s.stream.Step;
import io.wavegate.s2s.stream.StreamEffect;
import io.wavegate.s2s.stream.StreamInput;
import java.util.List;
import java.util.function.BiFunction;

/**
 * One of the product's stream machines with its present state.
 *
 * @param <S> its kind of state
 */
final class Machine<S> {
    private final BiFunction<S, StreamInput, Step<S>> stream;
    private final boolean initiating;
    private final List<StreamEffect> first;
    private S state;

    private Machine(BiFunction<S, StreamInput, Step<S>> stream, boolean initiating, Step<S> first) {
        this.stream = stream;
        this.initiating = initiating;
        this.first = first.effects();
        this.state = first.state();
    }

    static Machine<?> initiating(InitiatingStream stream, boolean directTls) {
        return new Machine<>(stream::on, true, stream.on(stream.initial(), new StreamInput.Connected(directTls)));
    }

    static Machine<?> receiving(ReceivingStream stream, boolean directTls) {
        return new Machine<>(stream::on, false, directTls ? stream.startWithTls() : stream.start());
    }

    boolean isInitiating() {
        return initiating;
    }

    /** What to do once the connection is up. */
    List<StreamEffect> start() {
        return first;
    }

    List<StreamEffect> on(StreamInput input) {
        Step<S> step = stream.apply(state, input);
        state = step.state();
        return step.effects();
    }
}
