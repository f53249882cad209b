package io.wavegate.s2s.component;

import java.util.Optional;

/** The edge for components: owns the connections of this node. */
public interface ComponentConnections extends AutoCloseable {
    /** The component of this name that is connected to us. */
    Optional<ComponentStream> accepted(String host);

    /** Our connection as the component of this name. */
    Optional<ComponentStream> connected(String host);

    /** Why {@link #connected} is empty, for an operator. */
    String whyNotConnected(String host);

    /** Stops accepting and connecting, closes every connection cleanly, waits a bounded time. */
    @Override
    void close();
}
