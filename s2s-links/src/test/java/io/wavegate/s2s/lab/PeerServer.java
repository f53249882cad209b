package io.wavegate.s2s.lab;

import java.io.IOException;

/** A real XMPP server of one domain, as a process of ours. */
public interface PeerServer extends AutoCloseable {
    /** How the server proves itself and wants others to: exactly one way, so that a working stream tells which it was. */
    enum Authentication {
        EXTERNAL,
        DIALBACK
    }

    String domain();

    int port();

    /** Where {@code wave.} + domain connects as a component (XEP-0114). */
    int componentPort();

    /** The end of what it logged, for failure messages. */
    String log();

    /** SIGKILL; returns when it is gone. */
    void kill();

    /** Starts it again after it was killed, as it was. */
    void startAgain() throws IOException;

    @Override
    void close();
}
