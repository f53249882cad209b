package io.wavegate.load.chaos.lab;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Starts nodes again that have ended by themselves, as a service manager does. */
public final class Supervision implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final List<LabNode> nodes;
    private final Thread thread;
    private volatile boolean stopping;

    private Supervision(List<LabNode> nodes) {
        this.nodes = List.copyOf(nodes);
        this.thread = new Thread(this::watch, "chaos-supervision");
    }

    /** Begins. */
    public static Supervision of(List<LabNode> nodes) {
        Supervision supervision = new Supervision(nodes);
        supervision.thread.setDaemon(true);
        supervision.thread.start();
        return supervision;
    }

    private void watch() {
        try {
            while (!stopping) {
                for (LabNode node : nodes) {
                    node.supervise();
                }
                Thread.sleep(PAUSE.toMillis());
            }
        } catch (IOException e) {
            System.err.println("chaos: a node cannot be started again: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws InterruptedException {
        stopping = true;
        thread.join();
    }
}
