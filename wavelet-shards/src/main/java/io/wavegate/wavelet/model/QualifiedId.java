package io.wavegate.wavelet.model;

import java.util.Optional;

/**
 * A wave id or wavelet id: a domain and a local part (spec section 11), valid in the modern grammar.
 *
 * @param domain lower case
 * @param id the local part
 */
public record QualifiedId(String domain, String id) {
    public QualifiedId {
        if (!DomainName.isValid(domain)) {
            throw new IllegalArgumentException("not a Wave domain: " + domain);
        }
        if (!IdGrammar.isValid(id)) {
            throw new IllegalArgumentException("not a wave or wavelet id: " + id);
        }
    }

    /** Both parts if they are valid. */
    public static Optional<QualifiedId> of(String domain, String id) {
        return DomainName.isValid(domain) && IdGrammar.isValid(id)
                ? Optional.of(new QualifiedId(domain, id))
                : Optional.empty();
    }

    /** {@code domain/id}. */
    public String toModern() {
        return domain + "/" + id;
    }

    /** {@code domain!id}. */
    public String toLegacy() {
        return domain + "!" + id;
    }

    /** Reads {@code domain/id}. */
    public static Optional<QualifiedId> parseModern(String text) {
        int slash = text.indexOf('/');
        // A second slash is not in the grammar of ids.
        return slash < 0 ? Optional.empty() : of(text.substring(0, slash), text.substring(slash + 1));
    }

    /** Reads {@code domain!id}; an id with a bare {@code ~} cannot be read although it can be written. */
    public static Optional<QualifiedId> parseLegacy(String text) {
        int separator = LegacyEscaping.soleSeparator(text);
        if (separator < 0) {
            return Optional.empty();
        }
        String id = text.substring(separator + 1);
        return LegacyEscaping.isProperlyEscaped(id) ? of(text.substring(0, separator), id) : Optional.empty();
    }

    /** Reads either form: the modern one first. */
    public static Optional<QualifiedId> parse(String text) {
        return parseModern(text).or(() -> parseLegacy(text));
    }
}
