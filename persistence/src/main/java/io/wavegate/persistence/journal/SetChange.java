package io.wavegate.persistence.journal;

/**
 * A change of a durable set of strings, such as the wavelets of a user or the wavelets a remote domain is behind on.
 *
 * @param set the set's name, well-formed text without U+0000, 1 to 4,096 UTF-8 bytes
 * @param member the member, same bounds
 * @param present true adds it, false removes it; either is idempotent
 */
public record SetChange(String set, String member, boolean present) {
    public SetChange {
        Names.checked("set name", set);
        Names.checked("set member", member);
    }

    public static SetChange add(String set, String member) {
        return new SetChange(set, member, true);
    }

    public static SetChange remove(String set, String member) {
        return new SetChange(set, member, false);
    }
}
