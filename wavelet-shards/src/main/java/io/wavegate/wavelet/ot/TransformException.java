package io.wavegate.wavelet.ot;

/** Two operations cannot be transformed against each other; the submitted one is to be refused. */
public class TransformException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TransformException(String message) {
        // Refusing is an ordinary answer to a peer's input: no stack trace, no suppression.
        super(message, null, false, false);
    }
}
