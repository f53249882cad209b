package io.wavegate.s2s.resolve;

/**
 * One DNS query.
 *
 * @param name absolute, A-labels, without the final dot
 * @param type record type
 */
public record DnsQuestion(String name, Type type) {
    /** The record types that finding a server needs. */
    public enum Type {
        SRV,
        AAAA,
        A
    }

    @Override
    public String toString() {
        return type + " " + name;
    }
}
