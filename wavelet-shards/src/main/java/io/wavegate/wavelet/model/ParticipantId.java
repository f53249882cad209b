package io.wavegate.wavelet.model;

import java.util.Locale;

/**
 * A participant's address, lower-cased. An address that somebody else put into an operation may be any text (spec
 * section 7.3); see {@link #isWellFormed()}.
 *
 * @param address lower-cased, the same in every locale
 */
public record ParticipantId(String address) implements Comparable<ParticipantId> {
    public ParticipantId {
        // The root locale, and not character by character: the other servers compare what this yields.
        address = address.toLowerCase(Locale.ROOT);
    }

    /** True for {@code name@domain} with exactly one {@code @} and something behind it; the name may be empty. */
    public boolean isWellFormed() {
        int at = address.indexOf('@');
        return at >= 0 && at == address.lastIndexOf('@') && at < address.length() - 1;
    }

    /** What stands before the first {@code @}, or the whole address. */
    public String name() {
        int at = address.indexOf('@');
        return at < 0 ? address : address.substring(0, at);
    }

    /**
     * What stands behind the last {@code @} that is not at the end, or the whole address: whom the reference would
     * notify. It need not be a valid domain.
     */
    public String domain() {
        int end = address.length();
        while (end > 0 && address.charAt(end - 1) == '@') {
            end--;
        }
        return address.substring(address.lastIndexOf('@', end - 1) + 1, end);
    }

    /** True for {@code @domain} with a valid domain: everyone of that domain, on wavelets that it hosts. */
    public boolean isSharedDomain() {
        return address.startsWith("@") && DomainName.isValid(address.substring(1));
    }

    @Override
    public int compareTo(ParticipantId other) {
        return address.compareTo(other.address);
    }

    @Override
    public String toString() {
        return address;
    }
}
