package io.wavegate.s2s.wire;

import io.wavegate.s2s.resolve.DialEffect;
import io.wavegate.s2s.stream.StreamEnd;

/** Makes the connections of a {@link Dialing}, on its loop. */
@FunctionalInterface
public interface Dialer {
    /**
     * Connects to one address, and begins a stream there.
     *
     * @param told how both fare
     */
    Connecting connect(DialEffect.Connect connect, Told told);

    /** A connection that is being made, or was. */
    @FunctionalInterface
    interface Connecting {
        /** Ends a stream that is under way properly, for this reason; a connection that is being made just goes. */
        void abandon(StreamEnd end);
    }

    /** Told how a connection and its stream fare. */
    interface Told extends StreamEvents {
        /** The connection is there; told before the stream says anything. */
        void connected();

        /** There is no connection, for this reason. */
        void failed(String why);
    }
}
