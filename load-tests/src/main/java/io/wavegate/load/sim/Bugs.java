package io.wavegate.load.sim;

import com.google.protobuf.ByteString;
import io.wavegate.persistence.journal.Append;
import io.wavegate.persistence.journal.AppendResult;
import io.wavegate.persistence.journal.SetChange;
import io.wavegate.persistence.journal.StoredEvent;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.History;
import io.wavegate.wavelet.api.WaveletUpdate;
import io.wavegate.wavelet.model.HashedVersion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The bugs of one run, each at the seam where it can be made. Without any, everything passes through. */
final class Bugs {
    private final Set<Bug> bugs;
    private final Set<Object> asked = Collections.newSetFromMap(new IdentityHashMap<>());

    Bugs(Set<Bug> bugs) {
        this.bugs = bugs;
    }

    boolean has(Bug bug) {
        return bugs.contains(bug);
    }

    void asked(Object message) {
        if (has(Bug.DROP_HAND_OFF_RETRY)) {
            asked.add(message);
        }
    }

    // Whoever says it again says the same object.
    boolean losesCopy(Object message) {
        return has(Bug.DROP_HAND_OFF_RETRY) && asked.contains(message);
    }

    Append changed(Append append) {
        if (has(Bug.WRONG_TRANSFORMATION)) {
            List<StoredEvent> events =
                    append.events().stream().map(WrongTransformation::of).toList();
            return new Append(append.stream(), append.expectedHead(), events, append.newHead(), append.setChanges());
        }
        if (has(Bug.REPLICA_GAP)
                && append.stream().kind().startsWith("replica")
                && append.events().size() > 1) {
            List<StoredEvent> events = new ArrayList<>(append.events());
            events.remove(1);
            return new Append(append.stream(), append.expectedHead(), events, append.newHead(), append.setChanges());
        }
        if (!has(Bug.LOSE_BEHIND_SET)) {
            return append;
        }
        List<SetChange> kept = append.setChanges().stream()
                .filter(change -> !change.set().startsWith("behind/"))
                .toList();
        return new Append(append.stream(), append.expectedHead(), append.events(), append.newHead(), kept);
    }

    CompletionStage<AppendResult> changed(Append append, CompletionStage<AppendResult> done) {
        if (has(Bug.TELL_BEFORE_DURABLE) && append.stream().kind().equals("hosted")) {
            return CompletableFuture.completedFuture(new AppendResult.Stored());
        }
        return has(Bug.IGNORE_FENCE) ? done.thenApply(result -> new AppendResult.Stored()) : done;
    }

    ByteString changedHint(String name, ByteString value) {
        return has(Bug.HINT_AHEAD) && name.startsWith("acked/")
                ? ByteString.copyFromUtf8(Long.toString(Long.parseLong(value.toStringUtf8()) + 40))
                : value;
    }

    String asking(SimNode host, String remoteDomain) {
        return has(Bug.ANSWER_STRANGERS)
                ? host.domain().run().domains().stream()
                        .map(SimDomain::name)
                        .filter(name -> !name.equals(host.domain().name()))
                        .findFirst()
                        .orElse(remoteDomain)
                : remoteDomain;
    }

    Answer<History> changed(Answer<History> answer) {
        if (has(Bug.HISTORY_PAGE_OFF_BY_ONE)
                && answer instanceof Answer.Ok<History> ok
                && !ok.value().appliedDeltas().isEmpty()) {
            List<ByteString> all = ok.value().appliedDeltas();
            return new Answer.Ok<>(new History(
                    all.subList(0, all.size() - 1),
                    ok.value().committedVersion(),
                    ok.value().truncated()));
        }
        return answer;
    }

    WaveletUpdate changed(WaveletUpdate update) {
        if (has(Bug.COMMIT_NOTICE_AHEAD) && update.committed().isPresent()) {
            HashedVersion head = update.committed().get();
            return new WaveletUpdate(
                    update.wavelet(),
                    update.appliedDeltas(),
                    Optional.of(new HashedVersion(head.version() + 1, head.historyHash())));
        }
        return update;
    }
}
