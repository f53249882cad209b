package io.wavegate.wavelet.ot;

import io.wavegate.wavelet.model.ParticipantId;

/** The author of the submitted operation has meanwhile been removed from the wavelet (spec section 10.5). */
public final class RemovedAuthorException extends TransformException {
    private static final long serialVersionUID = 1L;

    public RemovedAuthorException(ParticipantId author) {
        super("the author " + author + " has been removed from the wavelet by a concurrent operation");
    }
}
