package io.wavegate.wavelet.entity;

import com.google.protobuf.ByteString;
import io.wavegate.wavelet.api.Refusal;
import io.wavegate.wavelet.entity.DeltaIntake.Intake;
import io.wavegate.wavelet.entity.WaveletCommand.Internal;
import io.wavegate.wavelet.entity.WaveletCommand.Update;
import io.wavegate.wavelet.entity.WaveletReply.UpdateReply;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ReceivedDelta;
import io.wavegate.wavelet.replica.ReplicaInput;
import io.wavegate.wavelet.replica.ReplicaState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** Updates of one replica: those that arrived, those being verified, those that wait for history. Bounded together. */
final class ReplicaInbox {
    private final EntityParts parts;
    private final ArrayDeque<Update> arrived = new ArrayDeque<>();
    private final ArrayDeque<ReplicaInput> inputs = new ArrayDeque<>();
    private List<Update> verifying = List.of();
    private List<Open> open = new ArrayList<>();
    private final Set<ActorRef<WaveletReply>> askers = new HashSet<>();
    private long bytes;

    ReplicaInbox(EntityParts parts) {
        this.parts = parts;
    }

    /** False if there is no room. A copy of one that is here changes nothing. */
    boolean offer(Update update) {
        if (askers.contains(update.replyTo())) {
            return true;
        }
        WaveletSettings.Replica limits = parts.settings().replica();
        if (arrived.size() + verifying.size() + open.size() >= limits.maxPending()
                || bytes >= limits.maxPendingBytes()) {
            return false;
        }
        arrived.add(update);
        askers.add(update.replyTo());
        bytes += size(update);
        return true;
    }

    boolean isEmpty() {
        return arrived.isEmpty() && verifying.isEmpty() && inputs.isEmpty();
    }

    /** Begins to verify all that has arrived; false if nothing has. */
    boolean verifyNext(Optional<String> localDomain) {
        if (arrived.isEmpty()) {
            return false;
        }
        verifying = List.copyOf(arrived);
        arrived.clear();
        DeltaIntake intake = parts.services().intake();
        List<CompletableFuture<Intake>> intakes = new ArrayList<>();
        for (Update update : verifying) {
            intakes.add(intake.received(localDomain, parts.wavelet(), update.appliedDeltas())
                    .toCompletableFuture());
        }
        parts.context()
                .pipeToSelf(
                        CompletableFuture.allOf(intakes.toArray(CompletableFuture<?>[]::new)),
                        (done, failure) -> new Verified(
                                intakes.stream().map(ReplicaInbox::outcome).toList()));
        return true;
    }

    private static @Nullable Intake outcome(CompletableFuture<Intake> intake) {
        return intake.isCompletedExceptionally() ? null : intake.join();
    }

    /** What is verified becomes input; what is refused is answered. */
    void verified(Verified verified, List<ReplicaInput> into) {
        for (int i = 0; i < verifying.size(); i++) {
            Update update = verifying.get(i);
            Intake intake = verified.intakes().get(i);
            if (intake == null || intake.undecided()) {
                close(update, Optional.of(WaveletRefusals.overloaded("The update could not be verified now.")));
            } else if (intake.refusal().isPresent()) {
                parts.context()
                        .getLog()
                        .warn(
                                "An update of wavelet {} by its host was refused as a whole; the good copy of it will be"
                                        + " accepted. Cause: {}",
                                parts.wavelet(),
                                intake.refusal().get().text());
                // Refused is handled: a receipt is due (spec 3.2).
                close(update, Optional.empty());
            } else {
                into.add(new ReplicaInput.Deltas(intake.deltas()));
                update.committed().map(ReplicaInput.CommitNotice::new).ifPresent(into::add);
                open.add(new Open(update, intake.deltas()));
            }
        }
        verifying = List.of();
    }

    void addInput(ReplicaInput input) {
        inputs.add(input);
    }

    List<ReplicaInput> takeInputs() {
        List<ReplicaInput> all = List.copyOf(inputs);
        inputs.clear();
        return all;
    }

    /**
     * Answers updates of which every part is handled; the others too, with a refusal, if no history is on its way. While it
     * is not known which history is the host's, nothing is handled: what we were told is nowhere but in memory.
     */
    void answer(ReplicaState state, Refusal unreachable) {
        boolean asking = state.isAsking();
        boolean doubtful = state.divergence().isPresent();
        List<Open> still = new ArrayList<>();
        for (Open one : open) {
            if (!doubtful && one.handled(state)) {
                close(one.update(), Optional.empty());
            } else if (asking) {
                still.add(one);
            } else {
                close(
                        one.update(),
                        Optional.of(doubtful ? WaveletRefusals.beingReplaced(parts.wavelet()) : unreachable));
            }
        }
        open = still;
    }

    void refuseWaiting(Refusal refusal) {
        open.forEach(one -> close(one.update(), Optional.of(refusal)));
        open = new ArrayList<>();
    }

    void refuseAll(Refusal refusal) {
        refuseWaiting(refusal);
        arrived.forEach(update -> close(update, Optional.of(refusal)));
        arrived.clear();
        verifying.forEach(update -> close(update, Optional.of(refusal)));
        verifying = List.of();
        inputs.clear();
    }

    /** Sends all to whoever runs the replica next. */
    void askAgain() {
        askers.forEach(asker -> asker.tell(new WaveletReply.AskAgain()));
        askers.clear();
        arrived.clear();
        inputs.clear();
        verifying = List.of();
        open = new ArrayList<>();
        bytes = 0;
    }

    private void close(Update update, Optional<Refusal> refusal) {
        bytes -= size(update);
        askers.remove(update.replyTo());
        update.replyTo().tell(new UpdateReply(refusal));
    }

    private static long size(Update update) {
        return 256 + update.appliedDeltas().stream().mapToLong(ByteString::size).sum();
    }

    /** An update whose deltas are verified. */
    private record Open(Update update, List<ReceivedDelta> deltas) {
        // A commit notice alone is handled when its history is there.
        boolean handled(ReplicaState state) {
            Optional<HashedVersion> committed = deltas.isEmpty() ? update.committed() : Optional.empty();
            boolean behind = committed.isPresent() && committed.equals(state.hostHas());
            return !behind && deltas.stream().noneMatch(state::awaits);
        }
    }

    /**
     * The updates under way, verified.
     *
     * @param intakes one for each, in order; null if it failed
     */
    record Verified(List<@Nullable Intake> intakes) implements Internal {}
}
