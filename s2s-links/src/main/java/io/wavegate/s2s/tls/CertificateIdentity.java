package io.wavegate.s2s.tls;

import io.wavegate.s2s.jid.Domain;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether a certificate names an XMPP domain (RFC 6120 section 13.7.1, RFC 9525; spec 7). */
public final class CertificateIdentity {
    private static final String SERVICE = "_xmpp-server.";

    private CertificateIdentity() {}

    /**
     * @param domain prepared domain (RFC 7622), U-labels or A-labels
     * @return the name that matched, as written in the certificate; empty if none does, also when the names are unreadable
     */
    public static Optional<String> matches(X509Certificate certificate, String domain) {
        Optional<Domain> wanted = Domain.parse(domain);
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        try {
            for (PresentedName name : SubjectAltNames.of(certificate)) {
                if (matches(name, wanted.get())) {
                    return Optional.of(name.value());
                }
            }
            return Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** The names in the certificate, for messages: {@code dns a.example, srv _xmpp-server.a.example}. */
    public static List<String> names(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            for (PresentedName name : SubjectAltNames.of(certificate)) {
                names.add(name.value());
            }
        } catch (IOException unreadable) {
            names.add("(unreadable subjectAltName)");
        }
        return names;
    }

    private static boolean matches(PresentedName name, Domain wanted) {
        if (name instanceof PresentedName.Dns dns) {
            return matchesHost(lower(dns.value()), wanted.ascii());
        }
        if (name instanceof PresentedName.Srv srv) {
            String value = lower(srv.value());
            return value.startsWith(SERVICE) && matchesHost(value.substring(SERVICE.length()), wanted.ascii());
        }
        // A user's or a resource's address is no domain, and proves nothing for the whole domain.
        return Domain.parse(name.value()).filter(wanted::equals).isPresent();
    }

    /** The whole name, or {@code *} as the whole left-most label for exactly one label, never right below a top level. */
    private static boolean matchesHost(String presented, String wanted) {
        if (!presented.startsWith("*.")) {
            return presented.indexOf('*') < 0 && presented.equals(wanted);
        }
        String parent = presented.substring(1);
        int firstDot = wanted.indexOf('.');
        return parent.indexOf('*') < 0
                && parent.indexOf('.', 1) > 0
                && firstDot > 0
                && wanted.substring(firstDot).equals(parent);
    }

    private static String lower(String ascii) {
        return ascii.toLowerCase(Locale.ROOT);
    }
}
