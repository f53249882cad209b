package io.wavegate.wavelet.api;

/** An answer, or why there is none. */
public sealed interface Answer<T> {
    /** The answer. */
    record Ok<T>(T value) implements Answer<T> {}

    /** Why there is none. */
    record No<T>(Refusal refusal) implements Answer<T> {}
}
