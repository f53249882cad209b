package io.wavegate.s2s.federation;

import io.wavegate.s2s.stanza.ErrorCondition;
import io.wavegate.s2s.stanza.StanzaError;
import io.wavegate.wavelet.api.Refusal;

/**
 * Refusals as stanza errors and back (spec 9.2). Peers of the reference's kind know only its ten conditions and in
 * practice send two, so more detail than that stays in the text.
 */
public final class RefusalErrors {
    /** One text for both, so that nobody learns from us whether a wavelet exists. */
    private static final String NO_SUCH_WAVELET =
            "No such wavelet here, or nobody of your domain is on it. Check the name and the participants.";

    private RefusalErrors() {}

    /** What the peer is told. */
    public static StanzaError toError(Refusal refusal) {
        return switch (refusal.reason()) {
            case NO_SUCH_WAVELET, NOT_PARTICIPANT -> StanzaError.of(ErrorCondition.BAD_REQUEST, NO_SUCH_WAVELET);
            case NOT_HOSTED_HERE,
                    MALFORMED,
                    EMPTY_DELTA,
                    BAD_AUTHOR,
                    MAY_NOT_CREATE,
                    BAD_SIGNATURE,
                    HASH_MISMATCH,
                    UNKNOWN_VERSION,
                    HISTORY_REPLACED,
                    TOO_OLD,
                    TRANSFORM_FAILED,
                    INVALID_OPERATION,
                    HOST_REFUSED -> StanzaError.of(ErrorCondition.BAD_REQUEST, refusal.text());
            case TOO_LARGE -> StanzaError.of(ErrorCondition.NOT_ACCEPTABLE, refusal.text());
            case UNKNOWN_SIGNER -> StanzaError.of(ErrorCondition.INTERNAL_SERVER_ERROR, refusal.text());
            case HOST_UNREACHABLE -> StanzaError.of(ErrorCondition.REMOTE_SERVER_TIMEOUT, refusal.text());
            case QUARANTINED, STORE_UNAVAILABLE, OVERLOADED ->
                StanzaError.of(ErrorCondition.RESOURCE_CONSTRAINT, refusal.text());
        };
    }

    /** What a peer's error means to a caller of ours. */
    public static Refusal toRefusal(String remoteDomain, StanzaError error) {
        return new Refusal(reason(error), remoteDomain + " answered " + error.summary());
    }

    private static Refusal.Reason reason(StanzaError error) {
        if (isAway(error)) {
            return Refusal.Reason.HOST_UNREACHABLE;
        }
        return switch (error.condition()) {
            case RESOURCE_CONSTRAINT -> Refusal.Reason.OVERLOADED;
            case NOT_ACCEPTABLE -> Refusal.Reason.TOO_LARGE;
            default -> Refusal.Reason.HOST_REFUSED;
        };
    }

    /** Whether the error says that the wave service is not there, rather than that it refuses. */
    public static boolean isAway(StanzaError error) {
        return switch (error.condition()) {
            case REMOTE_SERVER_NOT_FOUND, REMOTE_SERVER_TIMEOUT, RECIPIENT_UNAVAILABLE, SERVICE_UNAVAILABLE -> true;
            default -> false;
        };
    }
}
