package io.wavegate.wavelet.model;

import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.Refusal;
import io.wavegate.wavelet.api.Refusal.Reason;
import io.wavegate.wavelet.document.Document;
import io.wavegate.wavelet.document.InvalidOperationException;
import io.wavegate.wavelet.model.WaveletOperation.AddParticipant;
import io.wavegate.wavelet.model.WaveletOperation.MutateDocument;
import io.wavegate.wavelet.model.WaveletOperation.RemoveParticipant;
import java.util.LinkedHashSet;
import java.util.List;
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
            try {
                applier.apply(operations.get(i));
            } catch (InvalidOperationException e) {
                return refused(Reason.INVALID_OPERATION, "operation " + i + " does not fit: " + e.getMessage());
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

    private void apply(WaveletOperation operation) throws InvalidOperationException {
        if (operation instanceof AddParticipant add) {
            if (!mutableParticipants().add(add.participant())) {
                throw new InvalidOperationException(add.participant() + " is a participant already");
            }
        } else if (operation instanceof RemoveParticipant remove) {
            if (!mutableParticipants().remove(remove.participant())) {
                throw new InvalidOperationException(remove.participant() + " is no participant");
            }
        } else if (operation instanceof MutateDocument mutation) {
            Document document = documents.get(mutation.documentId()).orElse(Document.EMPTY);
            documents = documents.with(mutation.documentId(), document.apply(mutation.operation()));
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
