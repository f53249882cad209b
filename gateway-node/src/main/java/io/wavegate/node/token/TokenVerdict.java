package io.wavegate.node.token;

import io.wavegate.wavelet.model.ParticipantId;

/** What became of a token. */
public sealed interface TokenVerdict {
    /**
     * Good.
     *
     * @param user who speaks
     * @param expiresAtSeconds until when it counts, the leeway included; seconds since the epoch
     */
    record Valid(ParticipantId user, long expiresAtSeconds) implements TokenVerdict {}

    /** Not good; the text tells the caller why, without telling what would be good. */
    record Invalid(String text) implements TokenVerdict {}
}
