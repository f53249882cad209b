package io.wavegate.node.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Gateways in processes of their own, which end when they are told to, and at the latest with this process. */
final class DemoProcesses implements AutoCloseable {
    private final List<DemoGateway> gateways = new ArrayList<>();
    private final Runnable afterwards;
    private final Thread stopAtExit = new Thread(this::stop, "stop-gateways");
    private boolean stopping;

    /** @param afterwards stops what they need, when all of them have ended */
    DemoProcesses(Runnable afterwards) {
        this.afterwards = afterwards;
        Runtime.getRuntime().addShutdownHook(stopAtExit);
    }

    /**
     * Starts one more.
     *
     * @throws IOException if it cannot be started, or all of them are being stopped: nobody would stop this one
     */
    synchronized DemoGateway launch(String domain, DemoPorts ports, Path configuration) throws IOException {
        if (stopping) {
            throw new IOException("the gateway of " + domain + " was not started any more: all are being stopped");
        }
        DemoGateway gateway = DemoGateway.start(domain, ports, configuration);
        gateways.add(gateway);
        return gateway;
    }

    /** In the order of their start. */
    synchronized List<DemoGateway> all() {
        return List.copyOf(gateways);
    }

    synchronized boolean isStopping() {
        return stopping;
    }

    /** Lets them go on after the end of this process. */
    void leave() {
        Runtime.getRuntime().removeShutdownHook(stopAtExit);
    }

    /** True the first time. */
    private synchronized boolean beginToStop() {
        boolean first = !stopping;
        stopping = true;
        return first;
    }

    private void stop() {
        if (!beginToStop()) {
            return;
        }
        // All at once: each waits for its own time-outs.
        all().stream()
                .map(gateway -> CompletableFuture.runAsync(gateway::stop, work -> new Thread(work).start()))
                .toList()
                .forEach(CompletableFuture::join);
        afterwards.run();
    }

    /** Stops them in order. */
    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(stopAtExit);
        } catch (IllegalStateException atExit) {
            // The process ends anyway, and the hook finds nothing to stop.
        }
    }
}
