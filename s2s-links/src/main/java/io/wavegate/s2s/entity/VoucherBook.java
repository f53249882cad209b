package io.wavegate.s2s.entity;

import io.wavegate.persistence.journal.Journal;
import io.wavegate.persistence.journal.SetChange;
import io.wavegate.s2s.api.Meter;
import io.wavegate.s2s.vouch.KnownVouchers;
import io.wavegate.s2s.vouch.KnownVouchers.Known;
import io.wavegate.s2s.vouch.KnownVouchers.Seen;
import io.wavegate.s2s.vouch.Voucher;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers who vouched for each domain, across restarts and for all nodes, and warns when somebody new does: at jabber.ru in
 * 2023 a certificate that was valid in every way was somebody else's. It is kept as the sets {@code vouchers/DOMAIN}.
 *
 * <p>Strangers can make up domains and certificates without end, so there is a bound on what is written down and said in an
 * hour; beyond it a domain is remembered at a later stream.
 */
final class VoucherBook {
    /** Prefix of the names of the sets. */
    static final String PREFIX = "vouchers/";

    private static final Logger LOG = LoggerFactory.getLogger(VoucherBook.class);
    private static final int MAX_IN_MEMORY = 10_000;
    private static final int MAX_FIRST_PER_HOUR = 1_000;
    private static final int MAX_CHANGES_PER_HOUR = 100;
    private static final Duration HOUR = Duration.ofHours(1);

    private final Journal journal;
    private final InstantSource clock;
    private final Map<String, KnownVouchers> inMemory = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, KnownVouchers> eldest) {
            return size() > MAX_IN_MEMORY;
        }
    };
    private final AtomicLong changes = new AtomicLong();
    private Instant hourBegan = Instant.MIN;
    private int firstThisHour;
    private int changesThisHour;

    VoucherBook(Journal journal, InstantSource clock) {
        this.journal = journal;
        this.clock = clock;
    }

    /** A stream was authenticated. */
    void authenticated(String domain, Voucher voucher) {
        if (isKnown(domain, voucher)) {
            return;
        }
        // Also where something is in memory: another node may know more.
        stored(domain).whenComplete((kept, failure) -> {
            if (failure != null) {
                LOG.debug(
                        "Who vouched for {} could not be read ({}); it is tried at its next stream.", domain, failure);
            } else {
                seen(domain, kept, voucher);
            }
        });
    }

    private synchronized boolean isKnown(String domain, Voucher voucher) {
        KnownVouchers known = inMemory.get(domain);
        return known != null && known.knows(voucher);
    }

    private synchronized void seen(String domain, List<Known> kept, Voucher voucher) {
        List<Known> all = new ArrayList<>(kept);
        all.addAll(inMemory.getOrDefault(domain, KnownVouchers.NONE).all());
        Instant now = clock.instant();
        Seen seen = KnownVouchers.of(all).seen(voucher, now);
        if (seen.added().isPresent() && !mayBeNoted(seen.before().isPresent(), now)) {
            return;
        }
        inMemory.put(domain, seen.after());
        seen.added().ifPresent(added -> keep(domain, added, seen.dropped()));
        seen.before().ifPresent(before -> warn(domain, before, voucher));
    }

    private boolean mayBeNoted(boolean change, Instant now) {
        if (hourBegan.plus(HOUR).isBefore(now)) {
            hourBegan = now;
            firstThisHour = 0;
            changesThisHour = 0;
        }
        return change ? changesThisHour++ < MAX_CHANGES_PER_HOUR : firstThisHour++ < MAX_FIRST_PER_HOUR;
    }

    private void keep(String domain, Known added, Optional<Known> dropped) {
        List<SetChange> set = new ArrayList<>();
        set.add(SetChange.add(PREFIX + domain, added.encode()));
        dropped.ifPresent(old -> set.add(SetChange.remove(PREFIX + domain, old.encode())));
        journal.changeSets(set).whenComplete((done, failure) -> {
            if (failure != null) {
                forget(domain);
                LOG.debug(
                        "Who vouches for {} could not be kept ({}); it is tried at its next stream.", domain, failure);
            }
        });
    }

    private synchronized void forget(String domain) {
        inMemory.remove(domain);
    }

    private void warn(String domain, Known before, Voucher now) {
        changes.incrementAndGet();
        LOG.warn(
                "The certificate of {} is vouched for by {}. Until now, since {}, it was by {}. If its operator has changed the"
                        + " authority or the key, all is well; if not, somebody may stand between us: ask the operator by"
                        + " another way than this network.",
                domain,
                now.text(),
                before.since(),
                before.voucher().text());
    }

    /** What is known of a domain; empty also while the store cannot be read. */
    CompletionStage<KnownVouchers> known(String domain) {
        synchronized (this) {
            KnownVouchers known = inMemory.get(domain);
            if (known != null) {
                return CompletableFuture.completedFuture(known);
            }
        }
        return stored(domain).thenApply(KnownVouchers::of).exceptionally(unread -> KnownVouchers.NONE);
    }

    private CompletionStage<List<Known>> stored(String domain) {
        return journal.members(PREFIX + domain, "", 2 * KnownVouchers.MAX).thenApply(lines -> lines.stream()
                .flatMap(line -> Known.decode(line).stream())
                .toList());
    }

    /** What is counted. */
    List<Meter> meters() {
        return List.of(Meter.count(
                "wavegate_s2s_voucher_changes",
                "Domains whose certificate came to be vouched for by another authority or key",
                Map.of(),
                changes::get));
    }
}
