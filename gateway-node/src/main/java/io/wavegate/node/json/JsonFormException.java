package io.wavegate.node.json;

/** JSON that is not of the documented form; the message names the place and what belongs there. */
public final class JsonFormException extends Exception {
    private static final long serialVersionUID = 1L;

    public JsonFormException(String message) {
        super(message);
    }
}
