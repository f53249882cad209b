package io.wavegate.s2s.federation;

/** A stanza that is not of the form spec section 3 asks for; answered with {@code bad-request}. Carries no stack. */
public final class BadStanzaException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message what is wrong, for the peer's operator: never more than one short sentence */
    public BadStanzaException(String message) {
        super(message, null, false, false);
    }

    /** The message, never absent. */
    public String text() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
