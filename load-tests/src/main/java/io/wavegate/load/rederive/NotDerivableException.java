package io.wavegate.load.rederive;

/** A history cannot be what it says it is. */
final class NotDerivableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotDerivableException(String message) {
        super(message);
    }
}
