package io.wavegate.wavelet.model;

/** One operation of a delta (spec section 4); each counts one version. */
public sealed interface WaveletOperation {
    /** Adds a participant. */
    record AddParticipant(ParticipantId participant) implements WaveletOperation {}

    /** Removes a participant. */
    record RemoveParticipant(ParticipantId participant) implements WaveletOperation {}

    /** Changes a document; one that does not exist is the empty document. */
    record MutateDocument(String documentId, DocOp operation) implements WaveletOperation {}

    /** Changes nothing and counts. */
    record NoOp() implements WaveletOperation {
        public static final NoOp INSTANCE = new NoOp();
    }
}
