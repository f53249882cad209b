package io.wavegate.load.relay;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.OptionalLong;

/** Two servers of one kind, each with a component, that speak to each other. */
public interface RelayServers extends AutoCloseable {
    /** Which kind. */
    String name();

    /** The first or second server's process. */
    long pid(int which);

    /** The component behind the first or second one. */
    String component(int which);

    /** Where components of the first or second one connect. */
    InetSocketAddress componentAddress(int which);

    /**
     * Has many domains answer somewhere that the first one reaches: {@code v1} to {@code vN} below the name that comes back.
     *
     * @param count how many; never more than were announced at the start
     */
    String manyDomains(int count) throws IOException, InterruptedException;

    /** Live bytes of the first or second one's heap, after collections; empty where there is no such account. */
    default OptionalLong liveHeap(int which) throws IOException, InterruptedException {
        return OptionalLong.empty();
    }

    /** How many stanzas it takes until a server runs as it will for weeks; a JVM compiles what is hot as it goes. */
    default long warmUpStanzas() {
        return 0;
    }

    /** What component and server share. */
    String secret();

    /** Connects a component, waiting for its server to take it. */
    default RelayComponent connect(int which) throws IOException, InterruptedException {
        long end = System.nanoTime() + 180_000_000_000L;
        while (true) {
            try {
                return RelayComponent.connect(component(which), componentAddress(which), secret());
            } catch (IOException notYet) {
                if (System.nanoTime() > end) {
                    throw notYet;
                }
                Thread.sleep(200);
            }
        }
    }

    @Override
    void close() throws IOException;
}
