package io.wavegate.load.report;

import com.typesafe.config.ConfigFactory;
import io.wavegate.cassandra.runtime.CassandraRing;
import io.wavegate.persistence.Journals;
import io.wavegate.persistence.StoreSettings;
import io.wavegate.persistence.journal.Journal;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/** What a fenced batch costs, beside a plain insert of the same rows; and deltas through entities on the same store. */
final class JournalCost implements Measurement {
    private static final int[] STREAMS = {1, 64};
    private static final int[] EVENTS = {1, 10, 100};
    private static final int[] NODES = {1, 3};
    private static final int EVENT_BYTES = 300;
    private static final int RUNS = (NODES.length * 2 + 1) * STREAMS.length * EVENTS.length;
    private static final String KEYSPACE = "bench";

    private final byte[] payload = new byte[EVENT_BYTES];
    private int runs;

    JournalCost() {
        new Random(5).nextBytes(payload);
    }

    @Override
    public String key() {
        return "journal";
    }

    @Override
    public String title() {
        return "What the fence costs";
    }

    @Override
    public String about(Effort effort) {
        return "Batches of events of " + EVENT_BYTES
                + " bytes; each stream writes the next when the one before is durable. "
                + "Fenced: the journal, one conditional batch. Plain: the same rows into the same table without a condition. "
                + "Cassandra runs on this machine, 384 MB of heap each node, commitlog_sync: batch, paxos_variant: v2, as "
                + "many copies as nodes. Ratios are of batches a second (plain to fenced) and of time (fenced to plain).";
    }

    @Override
    public Duration expected(Effort effort) {
        int entities = NODES.length * STREAMS.length;
        return Duration.ofSeconds(90 + (RUNS + entities) * 2L * effort.seconds());
    }

    @Override
    public void measure(Effort effort, Findings findings) throws Exception {
        String folder = "wavegate.store { kind = embedded, embedded.folder = \""
                + Files.createTempDirectory("wavegate-bench-store").resolve("data") + "\" }";
        for (int streams : STREAMS) {
            for (int events : EVENTS) {
                run("folder, fsync", streams, events, effort, findings, () -> fenced(folder));
            }
        }
        for (int nodes : NODES) {
            Optional<String> obstacle = CassandraRing.obstacle(nodes);
            if (obstacle.isPresent()) {
                findings.note("Cassandra of " + nodes + " was left out: " + obstacle.get());
                continue;
            }
            try (CassandraRing ring = CassandraRing.start(nodes)) {
                measure(ring, effort, findings);
            }
        }
    }

    private void measure(CassandraRing ring, Effort effort, Findings findings) throws Exception {
        String where = "Cassandra of " + ring.size();
        String store = ring.storeConfiguration(KEYSPACE);
        fenced(store).close();
        for (int streams : STREAMS) {
            for (int events : EVENTS) {
                BatchRun plain = run(
                        where + ", plain",
                        streams,
                        events,
                        effort,
                        findings,
                        () -> new PlainBatches(ring.contactPoints(), KEYSPACE, nextRun(), payload));
                BatchRun fenced = run(where + ", fenced", streams, events, effort, findings, () -> fenced(store));
                String name = named(where, streams, events);
                findings.add(
                        Figure.of(name + ": batches, plain to fenced", plain.perSecond() / fenced.perSecond(), "x"));
                findings.add(Figure.of(name + ": p50, fenced to plain", fenced.millis(50) / plain.millis(50), "x"));
            }
        }
        for (int wavelets : STREAMS) {
            try (BenchWavelets node = BenchWavelets.start(
                    ring.storeConfiguration("entities_" + wavelets), BenchSigner.of("bench.example"))) {
                findings.add(Entities.deltas(node, where + ", signed deltas through entities", wavelets, effort));
            }
        }
    }

    private static BatchRun run(
            String what, int streams, int events, Effort effort, Findings findings, Supplier<BatchTarget> target) {
        try (BatchTarget open = target.get()) {
            BatchRun run = new BatchRun(open, streams, events).measured(effort.seconds());
            String name = named(what, streams, events);
            findings.add(Figure.of(name, run.perSecond(), "batches/s"));
            findings.add(Figure.of(name + ": p50", run.millis(50), "ms"));
            findings.add(Figure.of(name + ": p99", run.millis(99), "ms"));
            return run;
        }
    }

    private FencedBatches fenced(String store) {
        Journal journal = Journals.open(StoreSettings.from(ConfigFactory.parseString(store)
                .withFallback(ConfigFactory.load())
                .resolve()));
        return new FencedBatches(journal, nextRun(), payload);
    }

    private String nextRun() {
        runs++;
        return "run" + runs;
    }

    private static String named(String what, int streams, int events) {
        return what + ", " + streams + (streams == 1 ? " stream, " : " streams, ") + events
                + (events == 1 ? " event" : " events");
    }
}
