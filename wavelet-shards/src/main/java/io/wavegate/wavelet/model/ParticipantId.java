package io.wavegate.wavelet.model;

/**
 * A participant's address, lower-cased. An address that somebody else put into an operation may be any text (spec
 * section 7.3); see {@link #isWellFormed()}.
 *
 * @param address lower-cased, locale-independently
 */
public record ParticipantId(String address) implements Comparable<ParticipantId> {
    public ParticipantId {
        address = lowerCase(address);
    }

    /** True for {@code name@domain} with exactly one {@code @} and something behind it; the name may be empty. */
    public boolean isWellFormed() {
        int at = address.indexOf('@');
        return at >= 0 && at == address.lastIndexOf('@') && at < address.length() - 1;
    }

    /** What stands behind the last {@code @}, or the whole address: whom the reference would notify. */
    public String domain() {
        return address.substring(address.lastIndexOf('@') + 1);
    }

    @Override
    public int compareTo(ParticipantId other) {
        return address.compareTo(other.address);
    }

    @Override
    public String toString() {
        return address;
    }

    // Character by character: String.toLowerCase depends on locale and on neighbours (final sigma).
    private static String lowerCase(String text) {
        boolean plain = text.chars().allMatch(c -> c < 0x80 && !(c >= 'A' && c <= 'Z'));
        if (plain) {
            return text;
        }
        StringBuilder lower = new StringBuilder(text.length());
        text.codePoints().map(Character::toLowerCase).forEach(lower::appendCodePoint);
        return lower.toString();
    }
}
