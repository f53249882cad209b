package io.wavegate.wavelet.replica;

import io.wavegate.wavelet.model.AppliedDelta;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.HistoryTail;
import io.wavegate.wavelet.model.ReceivedDelta;
import io.wavegate.wavelet.replica.Divergence.Searching;
import io.wavegate.wavelet.replica.ReplicaEffect.AskEarlier;
import io.wavegate.wavelet.replica.ReplicaEffect.AskHistory;
import io.wavegate.wavelet.state.WaveletState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Decides what a replica does with what its host tells (spec section 8).
 *
 * <p>Unlike the reference, a replica never becomes unusable. What contradicts our history is set aside with both sides
 * as evidence, our state stays as good as it was, and history is asked for; the first delta that fits ends it. If the
 * host does not know our own head any more, the last boundary in common is searched for ({@link Divergence}).
 *
 * <p>A request for history is repeated at once only if the last answer brought us on, so a host that answers nonsense
 * cannot keep us asking.
 */
public final class WaveletReplica {
    private final ReplicaLimits limits;
    private final ReplicaState before;
    private final TreeMap<Long, ReceivedDelta> pending;
    private final List<AppliedDelta> applied = new ArrayList<>();
    private final List<ReplicaEffect> effects = new ArrayList<>();
    private WaveletState wavelet;
    private HistoryTail tail;
    private Optional<HashedVersion> hostHas;
    private Optional<Evidence> contradiction;
    private Optional<Divergence> divergence;
    private Optional<HashedVersion> olderThanTail = Optional.empty();
    private boolean searchWentOn;

    private WaveletReplica(ReplicaState before, HistoryTail tail, ReplicaLimits limits) {
        this.limits = limits;
        this.before = before;
        this.tail = tail;
        this.pending = new TreeMap<>(before.pending());
        this.wavelet = before.wavelet();
        this.hostHas = before.hostHas();
        this.contradiction = before.contradiction();
        this.divergence = before.divergence();
    }

    /**
     * Decides about one input.
     *
     * @param tail the most recent history, ending at the state's version
     */
    public static ReplicaStep step(ReplicaState state, HistoryTail tail, ReplicaInput input, ReplicaLimits limits) {
        WaveletReplica replica = new WaveletReplica(state, tail, limits);
        boolean beingReplaced =
                state.divergence().filter(Divergence.Found.class::isInstance).isPresent();
        return beingReplaced ? replica.wait(input) : replica.decide(input);
    }

    // Our history is being replaced: what the host tells is fetched with the rest, or after it.
    private ReplicaStep wait(ReplicaInput input) {
        if (input instanceof ReplicaInput.Deltas deltas) {
            deltas.deltas().forEach(delta -> heardLater(delta.claimedResult()));
        } else if (input instanceof ReplicaInput.CommitNotice notice) {
            heardLater(notice.committed());
        } else if (input instanceof ReplicaInput.NotReplaced
                && before.divergence().orElseThrow() instanceof Divergence.Found found) {
            HashedVersion to = hostHas.orElse(found.to());
            divergence = Optional.of(Searching.begin(to, found.common()));
            forgetReached();
        }
        return proceed(before.asked());
    }

    private ReplicaStep decide(ReplicaInput input) {
        boolean answered = take(input);
        Optional<ReplicaStep> interrupted = drain();
        if (interrupted.isPresent()) {
            return interrupted.get();
        }
        bound();
        forgetReached();
        olderThanTail
                .filter(at -> divergence.isEmpty())
                .ifPresent(at -> effects.add(new ReplicaEffect.CheckBoundary(at)));
        Optional<AskHistory> asked = answered ? Optional.empty() : before.asked();
        boolean worthAsking = !answered || !applied.isEmpty() || searchWentOn;
        if (asked.isEmpty() && worthAsking) {
            asked = request();
            asked.ifPresent(effects::add);
        }
        return proceed(asked);
    }

    // True if the input is the answer to a question.
    private boolean take(ReplicaInput input) {
        if (input instanceof ReplicaInput.Deltas deltas) {
            deltas.deltas().forEach(this::keep);
        } else if (input instanceof ReplicaInput.HistoryReply reply) {
            reply.deltas().forEach(this::keep);
            return true;
        } else if (input instanceof ReplicaInput.CommitNotice notice) {
            heardOfCommit(notice.committed());
        } else if (input instanceof ReplicaInput.BoundaryChecked checked && !checked.ours()) {
            doubt(checked.claimed());
        } else if (input instanceof ReplicaInput.HistoryFailed failed) {
            before.asked().filter(ask -> failed.refused()).ifPresent(this::doubtOurHead);
            divergence = divergence.map(d -> d instanceof Searching searching ? searching.withAsked(false) : d);
            return true;
        } else if (input instanceof ReplicaInput.EarlierRefused refused) {
            searching().ifPresent(search -> lead(search, HistorySearch.refused(search, refused.from())));
            return true;
        } else if (input instanceof ReplicaInput.EarlierTold told) {
            searching()
                    .ifPresent(search -> lead(
                            search,
                            HistorySearch.told(search, told.from(), told.told(), told.ours(), wavelet.version())));
            return true;
        }
        return false;
    }

    private ReplicaStep proceed(Optional<AskHistory> asked) {
        return new ReplicaStep.Proceed(
                new ReplicaState(wavelet, pending, asked, hostHas, contradiction, divergence), applied, effects);
    }

    // Of two deltas for one version the later counts: if the first was wrong, this is how the right one gets in.
    private void keep(ReceivedDelta delta) {
        pending.put(delta.appliedAt().version(), delta);
    }

    // Less than a commit notice, which is the host's latest word: only if there is no other.
    private void heardOf(HashedVersion boundary) {
        if (hostHas.isEmpty()) {
            hostHas = Optional.of(boundary);
        }
    }

    private void heardLater(HashedVersion boundary) {
        hostHas = hostHas.filter(at -> at.version() > boundary.version()).or(() -> Optional.of(boundary));
    }

    private void heardOfCommit(HashedVersion committed) {
        if (committed.version() > wavelet.version().version()) {
            hostHas = Optional.of(committed);
        } else {
            fromThePast(committed);
        }
    }

    private void forgetReached() {
        hostHas = hostHas.filter(at -> at.version() > wavelet.version().version());
    }

    // A boundary that we should have. Version 0 is the wavelet's name.
    private void fromThePast(HashedVersion boundary) {
        if (boundary.version() < tail.from().version()) {
            olderThanTail = Optional.of(boundary).filter(at -> at.version() > 0);
        } else if (!tail.boundary(boundary.version()).equals(Optional.of(boundary))) {
            doubt(boundary);
        }
    }

    // ---- when the host may have another history ----

    private void doubt(HashedVersion to) {
        if (divergence.isEmpty() && to.version() > 0) {
            divergence = Optional.of(Searching.begin(to, wavelet.version()));
            searchWentOn = true;
        } else {
            // The later the target, the more is fetched at once.
            divergence = divergence.map(d ->
                    d instanceof Searching search && to.version() > search.to().version() ? search.withTarget(to) : d);
        }
    }

    private void doubtOurHead(AskHistory refused) {
        if (divergence.isEmpty()) {
            Searching begin = Searching.begin(refused.to(), refused.from());
            lead(begin, HistorySearch.refused(begin, refused.from()));
        }
    }

    private Optional<Searching> searching() {
        return divergence.flatMap(d -> d instanceof Searching s ? Optional.of(s) : Optional.empty());
    }

    private void lead(Searching search, HistorySearch.Outcome outcome) {
        if (outcome instanceof HistorySearch.Outcome.AskOn on) {
            divergence = Optional.of(on.next());
            searchWentOn = true;
        } else if (outcome instanceof HistorySearch.Outcome.Parts parts) {
            quarantine(HistorySearch.evidence(parts));
            divergence = Optional.of(new Divergence.Found(parts.common(), search.to()));
            effects.add(new ReplicaEffect.Replace(parts.common(), search.to()));
        } else {
            divergence = Optional.empty();
            if (outcome instanceof HistorySearch.Outcome.Untrue) {
                forget(search.to());
            }
        }
    }

    private void forget(HashedVersion claimed) {
        hostHas = hostHas.filter(at -> !at.equals(claimed));
        pending.values().removeIf(delta -> delta.appliedAt().equals(claimed));
    }

    // ---- what waits ----

    private Optional<ReplicaStep> drain() {
        while (!pending.isEmpty() && pending.firstKey() <= wavelet.version().version()) {
            ReceivedDelta first = pending.firstEntry().getValue();
            if (first.appliedAt().version() < wavelet.version().version()) {
                compare(first);
            } else {
                DeltaReplay.Outcome outcome = DeltaReplay.replay(wavelet, tail, first, limits);
                if (outcome instanceof DeltaReplay.Outcome.NeedsHistory needs) {
                    return Optional.of(new ReplicaStep.NeedsHistory(needs.fromVersion()));
                } else if (outcome instanceof DeltaReplay.Outcome.Contradicts contradicts) {
                    quarantine(new Evidence(contradicts.text(), wavelet.version(), first, Optional.empty()));
                    heardOf(first.claimedResult());
                } else if (outcome instanceof DeltaReplay.Outcome.Same same) {
                    advance(same);
                }
            }
            pending.pollFirstEntry();
        }
        return Optional.empty();
    }

    private void advance(DeltaReplay.Outcome.Same same) {
        wavelet = same.next();
        tail = tail.append(same.delta());
        applied.add(same.delta());
        contradiction.ifPresent(evidence -> effects.add(new ReplicaEffect.Healed(evidence)));
        contradiction = Optional.empty();
    }

    // From the past: what we have already, or another history.
    private void compare(ReceivedDelta delta) {
        long version = delta.appliedAt().version();
        Optional<AppliedDelta> ours = tail.startingAt(version);
        if (version >= tail.from().version() && ours.isEmpty()) {
            quarantine(new Evidence(
                    "the host applied a delta at version " + version + ", which is inside one of ours",
                    tail.head(),
                    delta,
                    Optional.empty()));
        } else if (ours.isPresent() && !ours.get().bytes().equals(delta.bytes())) {
            quarantine(new Evidence(
                    "the host told two different deltas at version " + version,
                    ours.get().appliedAt(),
                    delta,
                    Optional.of(ours.get().bytes())));
        }
        if (delta.claimedResult().version() > wavelet.version().version()) {
            doubt(delta.claimedResult());
        } else {
            fromThePast(delta.claimedResult());
        }
    }

    private void quarantine(Evidence evidence) {
        if (contradiction.isEmpty()) {
            contradiction = Optional.of(evidence);
            effects.add(new ReplicaEffect.Quarantined(evidence));
        }
    }

    // What is furthest ahead goes first: history brings it back, and it is of use last.
    private void bound() {
        long bytes = pending.values().stream().mapToLong(d -> d.bytes().size()).sum();
        while (pending.size() > limits.maxPendingDeltas() || bytes > limits.maxPendingBytes()) {
            ReceivedDelta dropped = pending.pollLastEntry().getValue();
            bytes -= dropped.bytes().size();
            heardOf(dropped.claimedResult());
        }
    }

    private Optional<AskHistory> request() {
        if (divergence.isPresent()) {
            askEarlier();
            return Optional.empty();
        } else if (!pending.isEmpty()) {
            return Optional.of(new AskHistory(
                    wavelet.version(), pending.firstEntry().getValue().appliedAt()));
        }
        return hostHas.map(to -> new AskHistory(wavelet.version(), to));
    }

    private void askEarlier() {
        searching().filter(search -> !search.asked()).ifPresent(search -> {
            effects.add(new AskEarlier(search.atOrBelow(), search.to()));
            divergence = Optional.of(search.withAsked(true));
        });
    }
}
