package io.wavegate.wavelet.ot;

/** Two operations cannot follow one another: the second does not fit what the first makes. */
public final class CompositionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CompositionException(String message) {
        // Refusing is an ordinary answer to a peer's input: no stack trace, no suppression.
        super(message, null, false, false);
    }
}
