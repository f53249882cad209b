package io.wavegate.load.chaos.load;

import io.wavegate.load.check.FinalDelta;
import io.wavegate.load.check.FinalHistory;
import io.wavegate.load.check.HistoryChecker;
import io.wavegate.load.check.Violation;
import io.wavegate.wavelet.api.DeltaPage;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.model.WaveletOperation;
import io.wavegate.wavelet.model.WaveletOperation.AddParticipant;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Reads the histories of both sides when all is over, and judges what was seen by them. */
public final class Judgement {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

    private final Gateways gateways;
    private final Load load;
    private final List<io.wavegate.load.check.Observation> observations = new ArrayList<>();
    private final Map<String, List<DeltaPage.Delta>> histories = new HashMap<>();

    private final Set<Violation> told = new HashSet<>();
    private long doubled;
    private long reordered;

    public Judgement(Gateways gateways, Load load) {
        this.gateways = gateways;
        this.load = load;
    }

    /**
     * What must all be 0.
     *
     * @param lost marks that were acknowledged, and are not in the history
     * @param doubled marks that are there more than once
     * @param reordered marks that stand before an earlier one of the same author
     * @param violations of the statements on one history, by the checker
     */
    public record Verdict(long lost, long doubled, long reordered, List<Violation> violations) {
        /** Where histories could not be read. */
        public static final Verdict NOTHING_SEEN = new Verdict(0, 0, 0, List.of());

        public Verdict {
            violations = List.copyOf(violations);
        }

        /** Whether all is as it must be. */
        public boolean isClean() {
            return lost == 0 && doubled == 0 && reordered == 0 && violations.isEmpty();
        }
    }

    /** Judges all since the laboratory was started; what was found before is not told again. */
    public Verdict judge() throws IOException {
        observations.addAll(load.records().takeObservations());
        HistoryChecker checker = new HistoryChecker();
        observations.forEach(checker::observe);
        List<FinalHistory> all = new ArrayList<>();
        MarkCount count = new MarkCount();
        for (Pair pair : load.pairs()) {
            WaveletName name = load.wavelet(pair);
            List<DeltaPage.Delta> hosted = history(pair.host(), name);
            count.count(hosted);
            all.add(form(pair.host(), name, true, hosted));
            all.add(form(pair.guest(), name, false, history(pair.guest(), name)));
        }
        List<Violation> found = new ArrayList<>(checker.finish(all));
        found.removeIf(violation -> !told.add(violation));
        Verdict verdict = new Verdict(count.lost(), count.doubled - doubled, count.reordered - reordered, found);
        doubled = count.doubled;
        reordered = count.reordered;
        return verdict;
    }

    private List<DeltaPage.Delta> history(ParticipantId reader, WaveletName name) throws IOException {
        List<DeltaPage.Delta> known =
                histories.computeIfAbsent(reader.domain() + " " + name.toModern(), key -> new ArrayList<>());
        Optional<HashedVersion> after = known.isEmpty()
                ? Optional.empty()
                : Optional.of(known.get(known.size() - 1).result());
        known.addAll(read(reader, name, after));
        return known;
    }

    // Whoever cannot serve now, after all that was done to him, has some time.
    private List<DeltaPage.Delta> read(ParticipantId reader, WaveletName name, Optional<HashedVersion> after)
            throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return gateways.reader(reader).history(name, after);
            } catch (IOException notServed) {
                if (System.nanoTime() > end) {
                    throw notServed;
                }
                LockSupport.parkNanos(ASK_AGAIN.toNanos());
            }
        }
    }

    private static FinalHistory form(
            ParticipantId reader, WaveletName name, boolean host, List<DeltaPage.Delta> history) {
        List<FinalDelta> deltas = new ArrayList<>();
        Set<String> domains = new LinkedHashSet<>();
        for (DeltaPage.Delta delta : history) {
            for (WaveletOperation operation : delta.operations()) {
                if (operation instanceof AddParticipant added) {
                    domains.add(added.participant().domain());
                }
            }
            deltas.add(new FinalDelta(
                    delta.appliedAt(),
                    delta.result().version(),
                    Writer.hex(delta.result()),
                    identity(delta),
                    delta.author().address(),
                    delta.appliedAt(),
                    List.copyOf(domains)));
        }
        return new FinalHistory(reader.domain(), name.toModern(), host, deltas);
    }

    private static String identity(DeltaPage.Delta delta) {
        List<Mark> marks = Mark.in(delta.operations());
        return marks.isEmpty()
                ? HexFormat.of().formatHex(delta.signedBytesHash().toByteArray())
                : marks.get(0).text();
    }

    private final class MarkCount {
        private final Set<Mark> found = new HashSet<>();
        private final Map<String, Integer> last = new HashMap<>();
        private long doubled;
        private long reordered;

        void count(List<DeltaPage.Delta> history) {
            for (DeltaPage.Delta delta : history) {
                for (Mark mark : Mark.in(delta.operations())) {
                    if (!found.add(mark)) {
                        doubled++;
                    } else if (mark.number() < last.getOrDefault(mark.author(), -1)) {
                        reordered++;
                    } else {
                        last.put(mark.author(), mark.number());
                    }
                }
            }
        }

        long lost() {
            return load.records().marks().entrySet().stream()
                    .filter(entry -> entry.getValue().acknowledged() != 0 && !found.contains(entry.getKey()))
                    .count();
        }
    }
}
