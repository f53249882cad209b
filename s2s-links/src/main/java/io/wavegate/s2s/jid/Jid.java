package io.wavegate.s2s.jid;

import java.util.Optional;

/**
 * An address, prepared. Decisions of trust rest on the domain and the local part alone; the resource is opaque.
 *
 * @param local the part before {@code @}
 * @param domain the domain
 * @param resource the part after {@code /}
 */
public record Jid(Optional<String> local, Domain domain, Optional<String> resource) {
    /** An address without local part and resource: a server or service. */
    public static Jid of(Domain domain) {
        return new Jid(Optional.empty(), domain, Optional.empty());
    }

    /** Splits first and prepares then (RFC 7622 section 3.1), so that a mapped character never becomes a separator. */
    public static Optional<Jid> parse(String raw) {
        int slash = raw.indexOf('/');
        String bare = slash < 0 ? raw : raw.substring(0, slash);
        int at = bare.indexOf('@');
        Optional<String> local = at < 0 ? Optional.empty() : JidPart.local(bare.substring(0, at));
        Optional<String> resource = slash < 0 ? Optional.empty() : JidPart.resource(raw.substring(slash + 1));
        if ((at >= 0 && local.isEmpty()) || (slash >= 0 && resource.isEmpty())) {
            return Optional.empty();
        }
        return Domain.parse(bare.substring(at + 1)).map(domain -> new Jid(local, domain, resource));
    }

    @Override
    public String toString() {
        return local.map(l -> l + "@").orElse("")
                + domain.value()
                + resource.map(r -> "/" + r).orElse("");
    }
}
