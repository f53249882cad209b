package io.wavegate.load.chaos.net;

import java.io.IOException;
import java.util.List;

/** The network of one laboratory. Closing takes it down. */
public interface LabNetwork extends AutoCloseable {
    /** Makes a host. */
    LabHost host(String name) throws IOException;

    /** The address at which this process, the laboratory's own, is reached from its hosts. */
    String ownAddress();

    /** Whether {@link #cut} can be done. */
    boolean canCut();

    /** Nothing passes between these two any more, in silence: no reset, no answer that there is no way. */
    void cut(LabHost one, LabHost other) throws IOException;

    /** Undoes {@link #cut}. */
    void heal(LabHost one, LabHost other) throws IOException;

    /** Cuts each of these from each of those. */
    default void cut(List<LabHost> some, List<LabHost> others) throws IOException {
        for (LabHost one : some) {
            for (LabHost other : others) {
                cut(one, other);
            }
        }
    }

    /** Undoes {@link #cut(List, List)}. */
    default void heal(List<LabHost> some, List<LabHost> others) throws IOException {
        for (LabHost one : some) {
            for (LabHost other : others) {
                heal(one, other);
            }
        }
    }

    /** Undoes every {@link #cut}. */
    void healAll();

    /** The best that this machine allows: name spaces where we are root and there is iproute2, else the loopback. */
    static LabNetwork best() throws IOException {
        return NamespaceNetwork.isPossible() ? NamespaceNetwork.start() : new LoopbackNetwork();
    }

    @Override
    void close();
}
