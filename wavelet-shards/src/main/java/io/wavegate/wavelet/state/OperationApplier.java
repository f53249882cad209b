package io.wavegate.wavelet.state;

import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.Refusal;
import io.wavegate.wavelet.api.Refusal.Reason;
import io.wavegate.wavelet.document.Document;
import io.wavegate.wavelet.document.InvalidOperationException;
import io.wavegate.wavelet.model.AppliedDelta;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.Participants;
import io.wavegate.wavelet.model.WaveletOperation;
import io.wavegate.wavelet.model.WaveletOperation.AddParticipant;
import io.wavegate.wavelet.model.WaveletOperation.MutateDocument;
import io.wavegate.wavelet.model.WaveletOperation.RemoveParticipant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Applies wavelet operations one after another to copies of what they change (spec 7.1 step 10). */
final class OperationApplier {
    private final Participants before;
    private @Nullable LinkedHashSet<ParticipantId> participants;
    private DocumentMap documents;

    private OperationApplier(WaveletState.Contents contents) {
        this.before = contents.participants();
        this.documents = contents.documents();
    }

    static Answer<WaveletState.Contents> apply(WaveletState.Contents contents, List<WaveletOperation> operations) {
        OperationApplier applier = new OperationApplier(contents);
        for (int i = 0; i < operations.size(); i++) {
            Optional<String> problem = applier.apply(operations.get(i));
            if (problem.isPresent()) {
                return refused(Reason.INVALID_OPERATION, "operation " + i + " does not fit: " + problem.get());
            }
        }
        return new Answer.Ok<>(applier.contents());
    }

    static Answer<WaveletState> apply(WaveletState state, AppliedDelta delta) {
        if (!delta.appliedAt().equals(state.version())) {
            return refused(
                    Reason.HASH_MISMATCH,
                    "a delta at " + delta.appliedAt() + " does not follow " + state.version() + " of " + state.name());
        }
        Answer<WaveletState.Contents> contents = state.apply(delta.operations());
        if (contents instanceof Answer.No<WaveletState.Contents> no) {
            return new Answer.No<>(no.refusal());
        }
        return new Answer.Ok<>(state.after(delta, ((Answer.Ok<WaveletState.Contents>) contents).value()));
    }

    private WaveletState.Contents contents() {
        return new WaveletState.Contents(participants == null ? before : Participants.of(participants), documents);
    }

    // Why it does not fit, if it does not.
    private Optional<String> apply(WaveletOperation operation) {
        if (operation instanceof AddParticipant add) {
            return mutableParticipants().add(add.participant())
                    ? Optional.empty()
                    : Optional.of(add.participant() + " is a participant already");
        } else if (operation instanceof RemoveParticipant remove) {
            return mutableParticipants().remove(remove.participant())
                    ? Optional.empty()
                    : Optional.of(remove.participant() + " is no participant");
        } else if (operation instanceof MutateDocument mutation) {
            return apply(mutation);
        }
        return Optional.empty();
    }

    private Optional<String> apply(MutateDocument mutation) {
        Document document = documents.get(mutation.documentId()).orElse(Document.EMPTY);
        try {
            documents = documents.with(mutation.documentId(), document.apply(mutation.operation()));
            return Optional.empty();
        } catch (InvalidOperationException e) {
            return Optional.of("document " + mutation.documentId() + ": " + e.getMessage());
        }
    }

    private LinkedHashSet<ParticipantId> mutableParticipants() {
        if (participants == null) {
            participants = new LinkedHashSet<>(before.inOrder());
        }
        return participants;
    }

    private static <T> Answer<T> refused(Reason reason, String text) {
        return new Answer.No<>(new Refusal(reason, text));
    }
}
