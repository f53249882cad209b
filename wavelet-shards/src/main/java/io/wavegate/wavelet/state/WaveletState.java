package io.wavegate.wavelet.state;

import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.model.AppliedDelta;
import io.wavegate.wavelet.model.HashChain;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.Participants;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.model.WaveletOperation;
import java.util.List;
import java.util.Optional;

/**
 * A wavelet at a version. Immutable; the next state shares what did not change.
 *
 * @param name which wavelet
 * @param version the version it is at
 * @param participants who is on it
 * @param documents its documents
 * @param creator the author of the first delta; empty at version 0
 * @param creationTimeMillis when the first delta applied, milliseconds since the epoch; 0 at version 0
 * @param lastModifiedTimeMillis when the last delta applied; 0 at version 0
 */
public record WaveletState(
        WaveletName name,
        HashedVersion version,
        Participants participants,
        DocumentMap documents,
        Optional<ParticipantId> creator,
        long creationTimeMillis,
        long lastModifiedTimeMillis) {

    /** The wavelet before its first delta. */
    public static WaveletState empty(WaveletName name) {
        return new WaveletState(
                name, HashChain.zero(name), Participants.NONE, DocumentMap.EMPTY, Optional.empty(), 0, 0);
    }

    /** True before the first delta: the wavelet does not exist yet. */
    public boolean isEmpty() {
        return version.version() == 0;
    }

    /**
     * Applies operations, all or none.
     *
     * @return what the wavelet then holds, still at this version; or a refusal, {@code INVALID_OPERATION}, that names the
     *     operation that does not fit
     */
    public Answer<Contents> apply(List<WaveletOperation> operations) {
        return OperationApplier.apply(new Contents(participants, documents), operations);
    }

    /** The state after a delta that has been applied to what this one holds. */
    public WaveletState after(AppliedDelta delta, Contents contents) {
        return new WaveletState(
                name,
                delta.result(),
                contents.participants(),
                contents.documents(),
                Optional.of(creator.orElse(delta.author())),
                isEmpty() ? delta.timestampMillis() : creationTimeMillis,
                delta.timestampMillis());
    }

    /**
     * Applies a delta of this wavelet's own history, for example one that was read from the journal.
     *
     * @return the state after it; or a refusal, {@code INVALID_OPERATION} or {@code HASH_MISMATCH}, which means that the
     *     history is damaged
     */
    public Answer<WaveletState> apply(AppliedDelta delta) {
        return OperationApplier.apply(this, delta);
    }

    /**
     * What operations change.
     *
     * @param participants who is on the wavelet
     * @param documents its documents
     */
    public record Contents(Participants participants, DocumentMap documents) {}
}
