package io.wavegate.load.chaos.net;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Addresses of the loopback, one for each host; nothing can be cut. */
public final class LoopbackNetwork implements LabNetwork {
    /** A network of the loopback that other laboratories of the project do not use. */
    private static final String NET = "127.0.11.";

    private final AtomicInteger last = new AtomicInteger();

    @Override
    public LabHost host(String name) {
        return new LabHost(name, NET + last.incrementAndGet(), List.of());
    }

    @Override
    public String ownAddress() {
        return NET + "53";
    }

    @Override
    public boolean canCut() {
        return false;
    }

    @Override
    public void cut(LabHost one, LabHost other) throws IOException {
        throw new IOException(
                "hosts of the loopback cannot be cut from each other; run as root on Linux with iproute2");
    }

    @Override
    public void heal(LabHost one, LabHost other) {}

    @Override
    public void healAll() {}

    @Override
    public void close() {}
}
