package io.wavegate.s2s.vouch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Who has vouched for one domain so far. A domain with several servers may have several authorities, so whoever was known
 * stays known; only somebody new is a change.
 *
 * @param all at most {@link #MAX}, the one known longest first
 */
public record KnownVouchers(List<Known> all) {
    /** More are not remembered: the one known longest goes. */
    public static final int MAX = 8;

    /** Of a domain that was never seen. */
    public static final KnownVouchers NONE = new KnownVouchers(List.of());

    /**
     * One of them.
     *
     * @param since when it was seen first
     */
    public record Known(Voucher voucher, Instant since) {
        /** One line, as it is kept. */
        public String encode() {
            return voucher.kind() + " " + voucher.key() + " " + since.toEpochMilli() + " " + voucher.name();
        }

        /** Empty if it is none. */
        public static Optional<Known> decode(String line) {
            String[] parts = line.split(" ", 4);
            try {
                return parts.length < 4
                        ? Optional.empty()
                        : Optional.of(new Known(
                                new Voucher(Voucher.Kind.valueOf(parts[0]), parts[3], parts[1]),
                                Instant.ofEpochMilli(Long.parseLong(parts[2]))));
            } catch (IllegalArgumentException otherVersion) {
                return Optional.empty();
            }
        }
    }

    /**
     * What somebody who vouches now means.
     *
     * @param after what is known from now on
     * @param added what is to be kept; empty if it was known
     * @param dropped what is to be kept no more
     * @param before who vouched until now, if this is a change
     */
    public record Seen(KnownVouchers after, Optional<Known> added, Optional<Known> dropped, Optional<Known> before) {}

    public KnownVouchers {
        all = List.copyOf(all);
    }

    /** What was kept, in any order; of one that was kept twice the first counts. */
    public static KnownVouchers of(Collection<Known> kept) {
        List<Known> inOrder = new ArrayList<>();
        kept.stream().sorted(Comparator.comparing(Known::since)).forEach(known -> {
            if (inOrder.stream().noneMatch(other -> isSame(other.voucher(), known.voucher()))) {
                inOrder.add(known);
            }
        });
        return new KnownVouchers(inOrder);
    }

    /** Somebody vouches for the domain. */
    public Seen seen(Voucher voucher, Instant now) {
        if (knows(voucher)) {
            return new Seen(this, Optional.empty(), Optional.empty(), Optional.empty());
        }
        Known added = new Known(voucher, now);
        List<Known> more = new ArrayList<>(all);
        more.add(added);
        Optional<Known> dropped = more.size() > MAX ? Optional.of(more.remove(0)) : Optional.empty();
        return new Seen(new KnownVouchers(more), Optional.of(added), dropped, newest());
    }

    /** Whether it has vouched before. */
    public boolean knows(Voucher voucher) {
        return all.stream().anyMatch(known -> isSame(known.voucher(), voucher));
    }

    /** The one that is known for the shortest time. */
    public Optional<Known> newest() {
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /** The one before that. */
    public Optional<Known> beforeNewest() {
        return all.size() < 2 ? Optional.empty() : Optional.of(all.get(all.size() - 2));
    }

    /** An authority keeps its key and may write its name otherwise. */
    private static boolean isSame(Voucher one, Voucher other) {
        return one.kind() == other.kind() && one.key().equals(other.key());
    }
}
