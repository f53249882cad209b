package io.wavegate.node.client;

import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletDelta;

/**
 * Hears what happens to a wavelet. Called one at a time, in the order things happen, while the wavelet is locked: what a listener
 * keeps of the document is never ahead of it or behind. Must not block.
 */
public interface WaveletListener {

    /** Hears nothing. */
    WaveletListener NONE = new WaveletListener() {};

    /**
     * Somebody else's edit has been applied to the local document.
     *
     * @param operation as applied: after what the local user has typed meanwhile
     */
    default void remoteEdit(String documentId, DocOp operation, ParticipantId author) {}

    /** A delta of somebody else has been taken in completely. */
    default void remoteDelta(ParticipantId author, HashedVersion version) {}

    /**
     * A delta goes out for the first time.
     *
     * @param edits how many calls of {@code edit} it holds
     */
    default void submitting(WaveletDelta delta, int edits) {}

    /**
     * A delta is durable at the host.
     *
     * @param nanos from its first submission
     */
    default void durable(HashedVersion version, long nanos) {}

    /** The local user's delta came back in the host's order. */
    default void ownDelta(HashedVersion version) {}

    /**
     * The host refused a delta for good, or it waited for one when the wavelet was closed. The local document has edits
     * that nobody else will see: the wavelet is closed, open it again. The text of what was refused is in the delta.
     */
    default void refused(WaveletDelta delta, ApiProblem problem) {}

    /**
     * No deltas come any more and asking again would not help: the user is not on the wavelet any more, say, or its host has
     * replaced its history ({@code HISTORY_REPLACED}). The wavelet is closed; what was not durable follows as refused.
     */
    default void followEnded(ApiProblem problem) {}
}
