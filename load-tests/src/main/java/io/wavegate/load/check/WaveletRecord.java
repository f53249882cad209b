package io.wavegate.load.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All that was seen of one wavelet, and what of it contradicts something seen before. */
final class WaveletRecord {
    private final String wavelet;
    private final List<Violation> violations;
    private final TreeMap<Long, Observation> deltasByStart = new TreeMap<>();
    private final Map<Long, Observation> hashes = new HashMap<>();
    private final Map<String, Submitted> submits = new LinkedHashMap<>();
    private final Map<String, Long> lastTold = new LinkedHashMap<>();
    private final Map<String, Observation> firstTold = new LinkedHashMap<>();
    private long stored = -1;

    WaveletRecord(String wavelet, List<Violation> violations) {
        this.wavelet = wavelet;
        this.violations = violations;
    }

    /** One delta of one client. */
    static final class Submitted {
        final Observation first;
        final List<Observation> answers = new ArrayList<>(1);
        boolean refused;

        Submitted(Observation first) {
            this.first = first;
        }
    }

    void observe(Observation seen) {
        switch (seen.kind()) {
            case SUBMITTED -> submits.putIfAbsent(seen.bytesId(), new Submitted(seen));
            case ACKNOWLEDGED -> acknowledged(seen);
            case REFUSED -> refused(seen);
            case READ -> told(seen);
            case TOLD -> {
                told(seen);
                lastTold.merge(seen.domain(), seen.from(), Math::max);
                firstTold.putIfAbsent(seen.domain(), seen);
            }
            case NOTICE -> {
                hash(seen);
                durable(seen);
            }
            case STORED -> {
                delta(seen);
                hash(seen);
                stored = Math.max(stored, seen.version());
            }
        }
    }

    private void acknowledged(Observation seen) {
        Submitted submit = submits.computeIfAbsent(seen.bytesId(), id -> new Submitted(seen));
        for (Observation before : submit.answers) {
            if (before.version() != seen.version() || !before.hash().equals(seen.hash())) {
                violated(Statement.AT_MOST_ONCE, "one delta has two answers", before, seen);
            }
        }
        if (submit.answers.isEmpty()) {
            submit.answers.add(seen);
        }
        if (submit.refused) {
            violated(Statement.DURABILITY, "a delta was refused for good and then acknowledged", submit.first, seen);
        }
        hash(seen);
        durable(seen);
    }

    private void refused(Observation seen) {
        Submitted submit = submits.computeIfAbsent(seen.bytesId(), id -> new Submitted(seen));
        submit.refused = true;
        if (!submit.answers.isEmpty()) {
            violated(Statement.DURABILITY, "a delta was acknowledged and then refused", submit.answers.get(0), seen);
        }
    }

    private void told(Observation seen) {
        delta(seen);
        hash(seen);
        durable(seen);
    }

    private void delta(Observation seen) {
        Observation known = deltasByStart.get(seen.from());
        if (known != null) {
            if (known.version() != seen.version() || !known.bytesId().equals(seen.bytesId())) {
                violated(Statement.TOTAL_ORDER, "two deltas stand at one version", known, seen);
            }
            return;
        }
        Map.Entry<Long, Observation> before = deltasByStart.lowerEntry(seen.from());
        Map.Entry<Long, Observation> after = deltasByStart.higherEntry(seen.from());
        if (before != null && before.getValue().version() > seen.from()) {
            violated(Statement.TOTAL_ORDER, "a delta begins inside another", before.getValue(), seen);
        } else if (after != null && after.getKey() < seen.version()) {
            violated(Statement.TOTAL_ORDER, "a delta begins inside another", seen, after.getValue());
        } else {
            deltasByStart.put(seen.from(), seen);
        }
    }

    private void hash(Observation seen) {
        if (seen.hash().isEmpty()) {
            return;
        }
        Observation known = hashes.putIfAbsent(seen.version(), seen);
        if (known != null && !known.hash().equals(seen.hash())) {
            violated(Statement.HASH_AGREEMENT, "one version has two hashes", known, seen);
        }
    }

    // Where the store can be looked into, that something is told too early shows without any crash.
    private void durable(Observation seen) {
        if (stored >= 0 && seen.version() > stored) {
            violated(Statement.DURABILITY, "told before it was durable; durable was v" + stored, seen);
        }
    }

    private void violated(Statement statement, String text, Observation... evidence) {
        violations.add(new Violation(statement, wavelet, text + ": " + List.of(evidence)));
    }

    Map<String, Submitted> submits() {
        return submits;
    }

    Map<Long, Observation> deltas() {
        return deltasByStart;
    }

    Map<Long, Observation> hashes() {
        return hashes;
    }

    /** By domain, the start of the last delta that it was sent. */
    Map<String, Long> lastTold() {
        return lastTold;
    }

    /** By domain, the first delta that it was sent. */
    Map<String, Observation> firstTold() {
        return firstTold;
    }
}
