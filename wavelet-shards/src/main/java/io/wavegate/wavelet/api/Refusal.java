package io.wavegate.wavelet.api;

/**
 * Why a request about a wavelet was not granted.
 *
 * @param reason one of a closed set; protocol errors, HTTP statuses, logs and metrics derive from it
 * @param text thing, cause and next step, for a person
 */
public record Refusal(Reason reason, String text) {
    /** The closed set of reasons. */
    public enum Reason {
        /** The wavelet's domain is none of ours. */
        NOT_HOSTED_HERE,
        /** No such wavelet, or one that the asker may not know of: the same answer for both, on purpose. */
        NO_SUCH_WAVELET,
        /** Bytes that are no delta, an ill-formed operation, a missing field. */
        MALFORMED,
        /** A delta without operations. */
        EMPTY_DELTA,
        /** The author is no address of the form name@domain, or not of the domain that submits. */
        BAD_AUTHOR,
        /** A remote user may not create a wavelet. */
        MAY_NOT_CREATE,
        /** Wrong signature, wrong number of signatures, certificate of another domain, invalid chain. */
        BAD_SIGNATURE,
        /** A signature names a signer that we have no certificates of. */
        UNKNOWN_SIGNER,
        /** The author is not on the wavelet. */
        NOT_PARTICIPANT,
        /** The target version's hash is not ours: another history. */
        HASH_MISMATCH,
        /** The target version is in the future, or no boundary between deltas. */
        UNKNOWN_VERSION,
        /** So far back that transforming it would cost more than the configured bound. */
        TOO_OLD,
        /** Transformation against concurrent deltas is not possible (spec 7.2, 10.5). */
        TRANSFORM_FAILED,
        /** An operation that does not fit the wavelet. */
        INVALID_OPERATION,
        /** Over a size limit. */
        TOO_LARGE,
        /** The host has replaced its history: the version is part of the former one only. Read the wavelet again. */
        HISTORY_REPLACED,
        /** The replica is quarantined after a wrong hash and is being healed. */
        QUARANTINED,
        /** The host of the wavelet refused; the text is its own. */
        HOST_REFUSED,
        /** The host of the wavelet cannot be reached; the outcome of a submit may be unknown: resubmit the same bytes. */
        HOST_UNREACHABLE,
        /** The store cannot write now; the outcome may be unknown: resubmit the same bytes. */
        STORE_UNAVAILABLE,
        /** Too much at once: try again. */
        OVERLOADED
    }
}
