package io.wavegate.load.chaos.load;

import io.wavegate.node.client.WavegateClient;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.model.WaveletOperation.AddParticipant;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Users of many pairs of domains who type by a plan, whatever happens: the time that counts is the one at which a mark was to be
 * typed. Closed, the users leave.
 */
public final class Load implements AutoCloseable {
    private static final Duration FIRST = Duration.ofMinutes(3);
    private static final Duration ASK_AGAIN = Duration.ofMillis(200);

    private final Gateways gateways;
    private final Records records = new Records();
    private final Map<ParticipantId, WavegateClient> clients = new LinkedHashMap<>();
    private final Map<Pair, WaveletName> wavelets = new LinkedHashMap<>();
    private final List<Writer> writers = new ArrayList<>();
    private Optional<Thread> metronome = Optional.empty();
    private volatile boolean stopping;

    private Load(Gateways gateways) {
        this.gateways = gateways;
    }

    /** Makes a wavelet for each pair, and has both its users open it. */
    public static Load prepare(Gateways gateways, List<Pair> pairs) throws IOException {
        Load load = new Load(gateways);
        for (Pair pair : pairs) {
            WaveletName name = load.client(pair.host()).createWave(List.of(new AddParticipant(pair.guest())));
            load.wavelets.put(pair, name);
        }
        for (Pair pair : pairs) {
            load.join(pair, true);
            load.join(pair, false);
        }
        return load;
    }

    private WavegateClient client(ParticipantId user) {
        return clients.computeIfAbsent(user, who -> gateways.client(who, clients.size() / 2));
    }

    private void join(Pair pair, boolean asHost) throws IOException {
        Writer writer = new Writer(client(asHost ? pair.host() : pair.guest()), wavelet(pair), pair, asHost, records);
        long end = System.nanoTime() + FIRST.toNanos();
        while (true) {
            try {
                writer.open();
                writers.add(writer);
                return;
            } catch (IOException notYet) {
                if (System.nanoTime() > end) {
                    throw notYet;
                }
                LockSupport.parkNanos(ASK_AGAIN.toNanos());
            }
        }
    }

    /** How many users type: two for each pair. */
    public int users() {
        return writers.size();
    }

    public Records records() {
        return records;
    }

    /** The wavelet of a pair. */
    public WaveletName wavelet(Pair pair) {
        return java.util.Objects.requireNonNull(wavelets.get(pair));
    }

    public List<Pair> pairs() {
        return List.copyOf(wavelets.keySet());
    }

    /**
     * From now on all users type in turn, in a document of this name.
     *
     * @param perSecond marks of all users together
     */
    public void start(String document, double perSecond) {
        stopping = false;
        long interval = (long) (1e9 / perSecond);
        Thread thread = new Thread(
                () -> {
                    long intended = System.nanoTime();
                    for (int turn = 0; !stopping; turn++) {
                        long wait = intended - System.nanoTime();
                        if (wait > 0) {
                            LockSupport.parkNanos(wait);
                        }
                        writers.get(turn % writers.size()).type(document, intended);
                        intended += interval;
                    }
                },
                "chaos-load");
        thread.setDaemon(true);
        thread.start();
        metronome = Optional.of(thread);
    }

    /** Nobody types any more. */
    public void stop() throws InterruptedException {
        stopping = true;
        if (metronome.isPresent()) {
            metronome.get().join();
        }
    }

    /**
     * Waits until all that was typed is durable and everybody has seen it.
     *
     * @return what is still open after that time, for a person
     */
    public List<String> awaitQuiet(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        List<String> open = new ArrayList<>();
        for (Writer writer : writers) {
            if (!writer.awaitQuiet(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
                open.add(writer.name().toModern() + ": something typed for "
                        + writer.pair().name() + " is not durable");
            }
        }
        while (System.nanoTime() < end && undelivered() > 0) {
            LockSupport.parkNanos(ASK_AGAIN.toNanos());
        }
        long undelivered = undelivered();
        if (undelivered > 0) {
            open.add(undelivered + " marks have not come to the other domain");
        }
        return open;
    }

    private long undelivered() {
        return records.marks().values().stream()
                .filter(typed -> typed.delivered() == 0)
                .count();
    }

    @Override
    public void close() {
        clients.values().forEach(WavegateClient::close);
    }
}
