package io.wavegate.wavelet.entity;

import io.wavegate.wavelet.api.Refusal;
import io.wavegate.wavelet.api.Refusal.Reason;
import io.wavegate.wavelet.model.WaveletName;

/** The refusals that entities and their face give, in one place so that equal causes read equal. */
final class WaveletRefusals {
    private WaveletRefusals() {}

    /** The same text whether it does not exist or must not be known. */
    static Refusal noSuchWavelet(WaveletName wavelet) {
        return new Refusal(
                Reason.NO_SUCH_WAVELET,
                "There is no wavelet " + wavelet
                        + " that you are on. Check the name, or ask a participant to add you.");
    }

    static Refusal overloaded(String what) {
        return new Refusal(Reason.OVERLOADED, what + " Try again in a moment.");
    }

    static Refusal storeUnavailable(WaveletName wavelet) {
        return new Refusal(
                Reason.STORE_UNAVAILABLE,
                "The store of wavelet " + wavelet
                        + " does not answer now, so the outcome is unknown. Resubmit the same bytes in a moment.");
    }

    static Refusal noAnswer(WaveletName wavelet) {
        return new Refusal(
                Reason.STORE_UNAVAILABLE,
                "Wavelet " + wavelet
                        + " did not answer in time, so the outcome is unknown. Resubmit the same bytes in a moment.");
    }

    static Refusal notHostedHere(WaveletName wavelet) {
        return new Refusal(
                Reason.NOT_HOSTED_HERE,
                "Wavelet " + wavelet + " is hosted by " + wavelet.waveletDomain() + ", not here. Ask there.");
    }

    static Refusal hashMismatch(WaveletName wavelet, long version) {
        return new Refusal(
                Reason.HASH_MISMATCH,
                "Version " + version + " of wavelet " + wavelet
                        + " has another history hash here. Load the wavelet again from its start.");
    }

    static Refusal unknownVersion(WaveletName wavelet, long version) {
        return new Refusal(
                Reason.UNKNOWN_VERSION,
                "Version " + version + " of wavelet " + wavelet
                        + " is in the future or no boundary between deltas. Start from a version that a delta ended at.");
    }

    static Refusal historyReplaced(WaveletName wavelet, long version) {
        return new Refusal(
                Reason.HISTORY_REPLACED,
                wavelet.waveletDomain() + " has replaced the history of its wavelet " + wavelet + ", so version "
                        + version + " as you know it is not part of it any more. Read the wavelet again, follow it from"
                        + " the version that comes with it, and make what was not applied again on top of that.");
    }

    static Refusal beingReplaced(WaveletName wavelet) {
        return new Refusal(
                Reason.QUARANTINED,
                "Our copy of wavelet " + wavelet + " does not fit what " + wavelet.waveletDomain()
                        + " tells now, and is being healed. Send it again in a moment.");
    }

    static Refusal tooOld(WaveletName wavelet) {
        return new Refusal(
                Reason.TOO_OLD,
                "The delta was made against a version of wavelet " + wavelet
                        + " too far back. Make it again at a newer version.");
    }

    static Refusal crashed(WaveletName wavelet) {
        return new Refusal(
                Reason.INVALID_OPERATION,
                "The delta for wavelet " + wavelet
                        + " could not be processed and is refused; the log of this gateway says why. Send another.");
    }
}
