package io.wavegate.node.http;

/** Who may use an endpoint. */
public enum Access {
    /** Whoever reaches it. */
    ANYBODY,
    /** A participant of our domains, by token. */
    USER,
    /** An operator, by token and from where operators may be. */
    OPERATOR
}
