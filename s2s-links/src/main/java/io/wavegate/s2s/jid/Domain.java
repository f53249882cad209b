package io.wavegate.s2s.jid;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A domain name, prepared: lower case, U-labels, NFC. Literals of IP addresses are refused, as no certificate or
 * dialback of a server proves one. Two names are the same domain exactly if they are equal here; a sub-domain is another
 * domain.
 *
 * @param value the form that is compared, stored and sent
 */
public record Domain(String value) {
    private static final int MAX_NAME = 253;

    /** Accepts only what {@link #parse} would make of itself. */
    public Domain {
        if (!prepare(value).filter(value::equals).isPresent()) {
            throw new IllegalArgumentException("not a prepared domain: " + value);
        }
    }

    /** Prepares a name as met on the wire or in configuration; empty if it is none. One trailing dot is dropped. */
    public static Optional<Domain> parse(String raw) {
        return prepare(raw).map(Domain::new);
    }

    /** The form that DNS and certificates use: A-labels. */
    public String ascii() {
        List<String> labels = new ArrayList<>();
        for (String label : value.split("\\.", -1)) {
            labels.add(DomainLabel.toAscii(label).orElseThrow());
        }
        return String.join(".", labels);
    }

    @Override
    public String toString() {
        return value;
    }

    private static Optional<String> prepare(String raw) {
        return isPlain(raw) ? Optional.of(raw) : prepareSlowly(raw);
    }

    /** Nearly every name on the wire is prepared already; a false here only costs time. */
    private static boolean isPlain(String raw) {
        boolean letter = false;
        int labelStart = 0;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '.') {
                if (i == labelStart || i - labelStart > DomainLabel.MAX_LABEL) {
                    return false;
                }
                labelStart = i + 1;
                letter = false;
            } else if (c >= 'a' && c <= 'z') {
                letter = true;
            } else if (c < '0' || c > '9') {
                // Hyphens are for the slow way, with A-labels and misplaced ones.
                return false;
            }
        }
        int last = raw.length() - labelStart;
        return letter && last <= DomainLabel.MAX_LABEL && raw.length() <= MAX_NAME;
    }

    private static Optional<String> prepareSlowly(String raw) {
        if (raw.length() > MAX_NAME + 1) {
            return Optional.empty();
        }
        String name = raw.endsWith(".") ? raw.substring(0, raw.length() - 1) : raw;
        List<String> labels = new ArrayList<>();
        int asciiLength = -1;
        for (String label : name.split("\\.", -1)) {
            Optional<String> prepared = DomainLabel.prepare(label);
            Optional<String> ascii = prepared.flatMap(DomainLabel::toAscii);
            if (ascii.isEmpty()) {
                return Optional.empty();
            }
            asciiLength += 1 + ascii.get().length();
            labels.add(prepared.get());
        }
        // A name that ends in digits is an IPv4 address to half of the world's parsers (WHATWG URL section 3.5).
        boolean looksLikeAddress = labels.get(labels.size() - 1).chars().allMatch(c -> c >= '0' && c <= '9');
        return asciiLength > MAX_NAME || looksLikeAddress ? Optional.empty() : Optional.of(String.join(".", labels));
    }
}
