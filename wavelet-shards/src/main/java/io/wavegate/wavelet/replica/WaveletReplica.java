package io.wavegate.wavelet.replica;

import io.wavegate.wavelet.model.AppliedDelta;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.HistoryTail;
import io.wavegate.wavelet.model.ReceivedDelta;
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
 * as evidence, our state stays as good as it was, and history is asked for; the first delta that fits ends it.
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

    private WaveletReplica(ReplicaState before, HistoryTail tail, ReplicaLimits limits) {
        this.limits = limits;
        this.before = before;
        this.tail = tail;
        this.pending = new TreeMap<>(before.pending());
        this.wavelet = before.wavelet();
        this.hostHas = before.hostHas();
        this.contradiction = before.contradiction();
    }

    /**
     * Decides about one input.
     *
     * @param tail the most recent history, ending at the state's version
     */
    public static ReplicaStep step(ReplicaState state, HistoryTail tail, ReplicaInput input, ReplicaLimits limits) {
        return new WaveletReplica(state, tail, limits).decide(input);
    }

    private ReplicaStep decide(ReplicaInput input) {
        boolean answered = input instanceof ReplicaInput.HistoryReply || input instanceof ReplicaInput.HistoryFailed;
        if (input instanceof ReplicaInput.Deltas deltas) {
            deltas.deltas().forEach(this::keep);
        } else if (input instanceof ReplicaInput.HistoryReply reply) {
            reply.deltas().forEach(this::keep);
        } else if (input instanceof ReplicaInput.CommitNotice notice) {
            hostHas = Optional.of(notice.committed());
        } else if (input instanceof ReplicaInput.HistoryFailed failed && failed.refused()) {
            forgetWhatWasAsked();
        }
        Optional<ReplicaStep> interrupted = drain();
        if (interrupted.isPresent()) {
            return interrupted.get();
        }
        bound();
        hostHas = hostHas.filter(at -> at.version() > wavelet.version().version());
        Optional<AskHistory> asked = answered ? Optional.empty() : before.asked();
        boolean worthAsking = !answered || !applied.isEmpty();
        if (asked.isEmpty() && worthAsking) {
            asked = request();
            asked.ifPresent(effects::add);
        }
        return new ReplicaStep.Proceed(
                new ReplicaState(wavelet, pending, asked, hostHas, contradiction), applied, effects);
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

    private void forgetWhatWasAsked() {
        hostHas = Optional.empty();
        before.asked().ifPresent(ask -> {
            ReceivedDelta waiting = pending.get(ask.to().version());
            if (waiting != null && waiting.appliedAt().equals(ask.to())) {
                pending.remove(ask.to().version());
            }
        });
    }

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

    // From the past: what we have already, or another history. Further back than the tail nobody looks.
    private void compare(ReceivedDelta delta) {
        long version = delta.appliedAt().version();
        if (version < tail.from().version()) {
            return;
        }
        Optional<AppliedDelta> ours = tail.startingAt(version);
        if (ours.isEmpty()) {
            quarantine(new Evidence(
                    "the host applied a delta at version " + version + ", which is inside one of ours",
                    tail.head(),
                    delta,
                    Optional.empty()));
        } else if (!ours.get().bytes().equals(delta.bytes())) {
            quarantine(new Evidence(
                    "the host told two different deltas at version " + version,
                    ours.get().appliedAt(),
                    delta,
                    Optional.of(ours.get().bytes())));
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
        if (!pending.isEmpty()) {
            return Optional.of(new AskHistory(
                    wavelet.version(), pending.firstEntry().getValue().appliedAt()));
        }
        return hostHas.map(to -> new AskHistory(wavelet.version(), to));
    }
}
