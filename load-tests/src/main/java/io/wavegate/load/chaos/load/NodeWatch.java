package io.wavegate.load.chaos.load;

import io.wavegate.load.chaos.lab.LabNode;
import io.wavegate.load.check.Observation;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ParticipantId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks every node all the time what it serves, each node on a thread of its own, also one that was frozen and may believe to own
 * what others own now.
 */
public final class NodeWatch implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final Gateways gateways;
    private final Load load;
    private final Duration pause;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopping;

    private NodeWatch(Gateways gateways, Load load, Duration pause) {
        this.gateways = gateways;
        this.load = load;
        this.pause = pause;
    }

    /** @param pause between two questions to one node */
    public static NodeWatch start(Gateways gateways, Load load, Duration pause) {
        NodeWatch watch = new NodeWatch(gateways, load, pause);
        gateways.near().nodes().forEach(node -> watch.watch(node, true));
        gateways.far().nodes().forEach(node -> watch.watch(node, false));
        return watch;
    }

    private void watch(LabNode node, boolean near) {
        Thread thread = new Thread(() -> ask(node, near), "chaos-watch-" + node.name());
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
    }

    private void ask(LabNode node, boolean near) {
        List<Pair> pairs = load.pairs();
        for (int turn = 0; !stopping; turn++) {
            Pair pair = pairs.get(turn % pairs.size());
            ParticipantId user = pair.hostedNear() == near ? pair.host() : pair.guest();
            long sent = System.nanoTime();
            try {
                HashedVersion version = gateways.reader(node, user, TIMEOUT).version(load.wavelet(pair));
                load.records()
                        .observe(Observation.notice(
                                node.name(),
                                user.domain(),
                                load.wavelet(pair).toModern(),
                                version.version(),
                                Writer.hex(version),
                                sent,
                                System.nanoTime()));
            } catch (IOException notServed) {
                // What is not served contradicts nothing.
                LockSupport.parkNanos(pause.toNanos());
            }
            LockSupport.parkNanos(pause.toNanos());
        }
    }

    @Override
    public void close() throws InterruptedException {
        stopping = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
