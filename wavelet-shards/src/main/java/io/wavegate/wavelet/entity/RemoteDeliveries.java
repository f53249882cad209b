package io.wavegate.wavelet.entity;

import com.google.protobuf.ByteString;
import io.wavegate.persistence.journal.SetChange;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.WaveletUpdate;
import io.wavegate.wavelet.authority.Recipients;
import io.wavegate.wavelet.delivery.BehindMark;
import io.wavegate.wavelet.delivery.DomainDelivery;
import io.wavegate.wavelet.delivery.NextUpdate;
import io.wavegate.wavelet.entity.BatchDecider.Decided;
import io.wavegate.wavelet.entity.WaveletCommand.Internal;
import io.wavegate.wavelet.model.AppliedDelta;
import io.wavegate.wavelet.model.HistoryTail;
import io.wavegate.wavelet.model.Participants;
import io.wavegate.wavelet.state.WaveletState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Carries out what {@link DomainDelivery} decides for each remote domain of a hosted wavelet: reads deltas, hands updates
 * to the links, keeps marks and hints.
 */
final class RemoteDeliveries {
    private static final String HINT = "acked/";

    private final EntityParts parts;
    private final String localDomain;
    private final Map<String, ByteString> hints;
    private final Map<String, DomainDelivery> domains = new TreeMap<>();
    private List<String> settling = List.of();
    private long settleAtMillis;

    RemoteDeliveries(EntityParts parts, LoadedWavelet loaded) {
        this.parts = parts;
        this.localDomain = parts.wavelet().waveletDomain();
        this.hints = loaded.hints();
        List<AppliedDelta> recent = loaded.tail().deltas();
        if (!recent.isEmpty()) {
            AppliedDelta newest = recent.get(recent.size() - 1);
            for (String domain : remoteDomains(loaded.state().participants())) {
                domains.put(
                        domain,
                        restored(
                                domain,
                                newest.appliedAt().version(),
                                newest.result().version(),
                                false));
            }
        }
    }

    private DomainDelivery restored(String domain, long newestAt, long target, boolean leaving) {
        return DomainDelivery.restored(acknowledged(domain), newestAt, target, leaving);
    }

    private List<String> remoteDomains(Participants participants) {
        return participants.domains().stream()
                .filter(domain -> !parts.services().localDomains().contains(domain))
                .toList();
    }

    /** Changes of sets that belong into the append of a batch. */
    List<SetChange> changesWith(WaveletState before, Decided decided) {
        Map<String, SetChange> marks = new TreeMap<>();
        List<SetChange> changes = new ArrayList<>();
        for (int i = 0; i < decided.deltas().size(); i++) {
            AppliedDelta delta = decided.deltas().get(i);
            Participants was =
                    i == 0 ? before.participants() : decided.states().get(i - 1).participants();
            Participants after = decided.states().get(i).participants();
            for (String domain : recipients(delta, after)) {
                if (mark(domain) != BehindMark.PRESENT) {
                    marks.put(domain, SetChange.add(SetNames.behind(localDomain, domain), uri()));
                }
                if (was.domains().contains(domain) && !after.domains().contains(domain)) {
                    Departure departure = new Departure(
                            domain, delta.appliedAt().version(), delta.result().version());
                    changes.add(SetChange.add(SetNames.departures(parts.wavelet()), departure.toMember()));
                }
            }
        }
        changes.addAll(marks.values());
        return changes;
    }

    private Iterable<String> recipients(AppliedDelta delta, Participants after) {
        return Recipients.of(delta, after, parts.services().localDomains());
    }

    private BehindMark mark(String domain) {
        DomainDelivery delivery = domains.get(domain);
        return delivery == null ? BehindMark.ABSENT : delivery.mark();
    }

    /** A batch is durable: those concerned are told. */
    void applied(Decided decided, HistoryTail tail) {
        for (int i = 0; i < decided.deltas().size(); i++) {
            AppliedDelta delta = decided.deltas().get(i);
            Participants after = decided.states().get(i).participants();
            long at = delta.appliedAt().version();
            for (String domain : recipients(delta, after)) {
                DomainDelivery delivery = domains.getOrDefault(domain, DomainDelivery.joined(at));
                boolean last = !after.domains().contains(domain);
                domains.put(
                        domain,
                        delivery.tell(at, delta.result().version(), last).withMark(BehindMark.PRESENT));
            }
        }
        touch();
        pumpAll(tail);
    }

    /** A domain answers again, or asks to be looked after because of its durable mark. */
    void reachable(String domain, WaveletState state, HistoryTail tail) {
        DomainDelivery delivery = domains.get(domain);
        if (delivery != null) {
            domains.put(domain, delivery.reachable(parts.settings().delivery()));
            touch();
            pump(domain, tail);
            return;
        }
        long head = state.version().version();
        parts.context()
                .pipeToSelf(
                        parts.history().departures(),
                        (members, failure) -> new Departed(
                                domain,
                                head,
                                failure == null ? Departure.latest(members, domain, head) : Optional.empty(),
                                failure == null));
    }

    void on(Event event, HistoryTail tail) {
        if (event instanceof PageRead page) {
            onPage(page, tail);
        } else if (event instanceof Answered answered) {
            onAnswer(answered, tail);
        } else if (event instanceof Departed departed && departed.known() && !domains.containsKey(departed.domain())) {
            // Without a departure only the mark is left to be taken away.
            DomainDelivery delivery = departed.departure()
                    .map(d -> restored(d.domain(), d.removedAt(), d.until(), true))
                    .orElseGet(() -> DomainDelivery.restored(
                            OptionalLong.of(departed.head()), departed.head(), departed.head(), true));
            domains.put(departed.domain(), delivery.withMark(BehindMark.UNKNOWN));
            touch();
            pump(departed.domain(), tail);
        }
    }

    void pumpAll(HistoryTail tail) {
        List.copyOf(domains.keySet()).forEach(domain -> pump(domain, tail));
    }

    private void pump(String domain, HistoryTail tail) {
        boolean more = true;
        while (more) {
            DomainDelivery delivery = domains.get(domain);
            if (delivery == null) {
                return;
            }
            Optional<NextUpdate> next = delivery.next(parts.settings().delivery(), parts.now());
            more = next.isPresent() && prepare(domain, delivery.withPreparing(), next.get(), tail);
        }
    }

    // True if it was sent at once: then there may be more.
    private boolean prepare(String domain, DomainDelivery delivery, NextUpdate next, HistoryTail tail) {
        domains.put(domain, delivery);
        if (next.from() >= tail.from().version()) {
            List<AppliedDelta> run = tail.since(next.from()).stream()
                    .filter(delta -> delta.appliedAt().version() < next.until())
                    .toList();
            send(domain, delivery.run(), next.from(), DeltaPages.page(run, next.maxBytes()));
            return true;
        }
        parts.context()
                .pipeToSelf(
                        parts.history().read(next.from(), next.until(), next.maxBytes()),
                        (run, failure) -> new PageRead(
                                domain, delivery.run(), next.from(), failure == null ? run.deltas() : List.of()));
        return false;
    }

    private void onPage(PageRead page, HistoryTail tail) {
        DomainDelivery delivery = domains.get(page.domain());
        if (delivery != null && delivery.run() == page.run()) {
            send(page.domain(), page.run(), page.from(), page.deltas());
            pump(page.domain(), tail);
        }
    }

    private void send(String domain, int run, long from, List<AppliedDelta> deltas) {
        DomainDelivery delivery = domains.get(domain);
        if (delivery == null) {
            return;
        }
        if (deltas.isEmpty()) {
            domains.put(domain, delivery.failed(run, parts.settings().delivery(), parts.now()));
            return;
        }
        AppliedDelta last = deltas.get(deltas.size() - 1);
        WaveletUpdate update = new WaveletUpdate(
                parts.wavelet(),
                deltas.stream().map(AppliedDelta::bytes).toList(),
                // Durable before told: every update is its own commit notice.
                Optional.of(last.result()));
        domains.put(domain, delivery.sent(run, from, last.result().version(), DeltaPages.bytes(deltas)));
        parts.context()
                .pipeToSelf(
                        update(domain, update),
                        (answer, failure) -> new Answered(domain, run, from, answer instanceof Answer.Ok<Boolean>));
    }

    private CompletionStage<Answer<Boolean>> update(String domain, WaveletUpdate update) {
        try {
            return parts.services().remotes().get().update(localDomain, domain, update);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void onAnswer(Answered answered, HistoryTail tail) {
        DomainDelivery delivery = domains.get(answered.domain());
        if (delivery == null) {
            return;
        }
        domains.put(
                answered.domain(),
                answered.received()
                        ? delivery.receipt(answered.run(), answered.from())
                        : delivery.unanswered(
                                answered.run(),
                                answered.from(),
                                parts.settings().delivery(),
                                parts.now()));
        touch();
        pump(answered.domain(), tail);
    }

    // ---- marks and hints, when it is quiet ----

    private void touch() {
        settleAtMillis = parts.now() + parts.settings().settleAfter().toMillis();
    }

    boolean settleDue(boolean atOnce) {
        return settling.isEmpty()
                && (atOnce || parts.now() >= settleAtMillis)
                && domains.values().stream().anyMatch(RemoteDeliveries::canSettle);
    }

    private static boolean canSettle(DomainDelivery delivery) {
        return delivery.complete() && delivery.mark() != BehindMark.ABSENT;
    }

    /** Takes away the marks of all domains that have everything. No append may be made until it is done. */
    CompletionStage<Void> settle() {
        List<String> quiet = new ArrayList<>();
        List<CompletableFuture<Void>> hinted = new ArrayList<>();
        List<SetChange> changes = new ArrayList<>();
        domains.forEach((domain, delivery) -> {
            if (canSettle(delivery)) {
                quiet.add(domain);
                ByteString acked = ByteString.copyFromUtf8(Long.toString(delivery.acked()));
                hinted.add(parts.history().putHint(HINT + domain, acked).toCompletableFuture());
                changes.add(SetChange.remove(SetNames.behind(localDomain, domain), uri()));
            }
        });
        settling = quiet;
        return CompletableFuture.allOf(hinted.toArray(CompletableFuture<?>[]::new))
                .thenCompose(done -> parts.history().changeSets(changes));
    }

    void settled(boolean done) {
        for (String domain : settling) {
            DomainDelivery delivery = domains.get(domain);
            if (delivery != null) {
                domains.put(domain, delivery.withMark(done ? BehindMark.ABSENT : BehindMark.UNKNOWN));
                if (done && delivery.leaving() && delivery.complete()) {
                    domains.remove(domain);
                }
            }
        }
        settling = List.of();
        touch();
    }

    /** When something is to be done next. */
    OptionalLong nextDue() {
        OptionalLong due = OptionalLong.empty();
        for (DomainDelivery delivery : domains.values()) {
            if (canSettle(delivery)) {
                due = DueTimer.earliest(due, OptionalLong.of(settleAtMillis));
            } else if (!delivery.atRest()) {
                due = DueTimer.earliest(due, delivery.retryAtMillis());
            }
        }
        return due;
    }

    boolean atRest() {
        return domains.values().stream().allMatch(DomainDelivery::atRest);
    }

    private OptionalLong acknowledged(String domain) {
        ByteString hint = hints.get(HINT + domain);
        try {
            return hint == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(hint.toStringUtf8()));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private String uri() {
        return parts.wavelet().toUri();
    }

    /** What comes back to the wavelet's actor. */
    sealed interface Event extends Internal {}

    private record PageRead(String domain, int run, long from, List<AppliedDelta> deltas) implements Event {}

    private record Answered(String domain, int run, long from, boolean received) implements Event {}

    private record Departed(String domain, long head, Optional<Departure> departure, boolean known) implements Event {}
}
