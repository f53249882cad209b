package io.wavegate.s2s.component;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The edge for components: owns the connections of a node. */
public interface ComponentConnections extends AutoCloseable {
    /** The component of this name that is connected to us. */
    Optional<ComponentStream> accepted(String host);

    /** Our connection as the component of this name. */
    Optional<ComponentStream> connected(String host);

    /** Why {@link #connected} is empty, for an operator. */
    String whyNotConnected(String host);

    /** Begins to connect as the components that we are, and goes on until {@link #hangUp}. Nothing if it does already. */
    void dial();

    /**
     * Ends our connections as a component, cleanly: what came on them is answered first.
     *
     * @return completes when they have ended, within a bounded time; never fails
     */
    CompletionStage<Void> hangUp();

    /**
     * Stops accepting and connecting, and ends every connection cleanly: what came on it is dealt with first.
     *
     * @return completes when they have ended, within a bounded time; never fails
     */
    CompletionStage<Void> leave();

    /** Stops accepting and connecting, closes every connection cleanly, waits a bounded time. */
    @Override
    void close();
}
