package io.wavegate.wavelet.codec;

import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.Refusal;
import io.wavegate.wavelet.api.Refusal.Reason;

/** Refusals of what cannot be read. */
final class Malformed {
    private Malformed() {}

    static <T> Answer<T> answer(String text) {
        return new Answer.No<>(new Refusal(Reason.MALFORMED, text));
    }

    static <T> Answer<T> tooLarge(String thing, long size, long limit, String unit) {
        return new Answer.No<>(new Refusal(
                Reason.TOO_LARGE,
                "the " + thing + " has " + size + " " + unit + ", at most " + limit + " are accepted: split it"));
    }
}
