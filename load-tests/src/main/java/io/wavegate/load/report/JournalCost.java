package io.wavegate.load.report;

import com.typesafe.config.ConfigFactory;
import io.wavegate.cassandra.runtime.CassandraRing;
import io.wavegate.persistence.Journals;
import io.wavegate.persistence.StoreSettings;
import io.wavegate.persistence.journal.Journal;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** What a fenced batch costs, beside a plain insert of the same rows; and deltas through entities on the same store. */
final class JournalCost implements Measurement {
    private static final int[] STREAMS = {1, 64};
    private static final int[] EVENTS = {1, 10, 100};
    private static final int[] NODES = {1, 3};
    private static final int EVENT_BYTES = 300;
    private static final int ROUNDS = 3;
    private static final int WARM_UP_STREAMS = 64;
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
                + "many copies as nodes; plain and fenced take turns. Ratios are of batches a second (plain to fenced) and of time (fenced to plain).";
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
                try (BatchTarget target = fenced(folder)) {
                    BatchRun run = new BatchRun(target, streams, events);
                    rounds(List.of(run), effort);
                    report("folder, fsync", run, findings);
                }
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
        try (BatchTarget target = fenced(ring.storeConfiguration(KEYSPACE))) {
            // A JVM compiles what is hot as it goes.
            new BatchRun(target, WARM_UP_STREAMS, 1).warmUp(2 * effort.seconds());
        }
        for (int streams : STREAMS) {
            for (int events : EVENTS) {
                compare(ring, where, streams, events, effort, findings);
            }
        }
        for (int wavelets : STREAMS) {
            try (BenchWavelets node = BenchWavelets.start(
                    ring.storeConfiguration("entities_" + wavelets), BenchSigner.of("bench.example"))) {
                findings.add(Entities.deltas(node, where + ", signed deltas through entities", wavelets, effort));
            }
        }
    }

    private void compare(CassandraRing ring, String where, int streams, int events, Effort effort, Findings findings) {
        try (BatchTarget openToAll = new PlainBatches(ring.contactPoints(), KEYSPACE, nextRun(), payload);
                BatchTarget guarded = fenced(ring.storeConfiguration(KEYSPACE))) {
            BatchRun plain = new BatchRun(openToAll, streams, events);
            BatchRun fenced = new BatchRun(guarded, streams, events);
            rounds(List.of(plain, fenced), effort);
            report(where + ", plain", plain, findings);
            report(where + ", fenced", fenced, findings);
            String ratio = where + ", " + fenced.name() + ": ";
            findings.add(Figure.of(ratio + "batches, plain to fenced", plain.perSecond() / fenced.perSecond(), "x"));
            findings.add(Figure.of(ratio + "p50, fenced to plain", fenced.millis(50) / plain.millis(50), "x"));
        }
    }

    /** In turn, several times, since what else the machine does comes and goes. */
    private static void rounds(List<BatchRun> runs, Effort effort) {
        runs.forEach(run -> run.warmUp(effort.seconds()));
        for (int round = 0; round < ROUNDS; round++) {
            runs.forEach(run -> run.round(roundSeconds(effort)));
        }
    }

    private static int roundSeconds(Effort effort) {
        return Math.max(1, effort.seconds() / ROUNDS);
    }

    private static void report(String what, BatchRun run, Findings findings) {
        String name = what + ", " + run.name();
        findings.add(Figure.of(name, run.perSecond(), "batches/s"));
        findings.add(Figure.of(name + ": p50", run.millis(50), "ms"));
        findings.add(Figure.of(name + ": p99", run.millis(99), "ms"));
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
}
