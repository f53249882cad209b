package io.wavegate.wavelet.trust;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.naming.InvalidNameException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * The names in a signer's own certificate, and which domains it speaks for (spec section 6).
 *
 * @param commonName the most specific common name of the subject, if there is one
 * @param dnsNames its dNSName alternative names
 */
record SignerNames(Optional<String> commonName, Set<String> dnsNames) {
    private static final int DNS_NAME = 2;
    private static final String WILDCARD = "*.";

    static SignerNames of(X509Certificate certificate) throws CertificateParsingException {
        return new SignerNames(commonNameOf(certificate), dnsNamesOf(certificate));
    }

    /**
     * True if the common name or an alternative name is this domain, or the common name is a wildcard for its first
     * label. Without a common name nothing counts, and no wildcard among the alternative names: the reference judges so,
     * and would not follow a host that accepts more.
     *
     * @param domain lower case; the certificate's names count as they are written
     */
    boolean include(String domain) {
        if (commonName.isEmpty()) {
            return false;
        }
        String name = commonName.get();
        int dot = domain.indexOf('.');
        return name.equals(domain)
                || dnsNames.contains(domain)
                || (dot > 0 && name.startsWith(WILDCARD) && name.substring(2).equals(domain.substring(dot + 1)));
    }

    // Read as the structure it is: a text search also finds what somebody wrote inside another attribute's value.
    private static Optional<String> commonNameOf(X509Certificate certificate) throws CertificateParsingException {
        try {
            List<Rdn> names = new LdapName(certificate.getSubjectX500Principal().getName()).getRdns();
            for (int i = names.size() - 1; i >= 0; i--) {
                Attribute common = names.get(i).toAttributes().get("CN");
                if (common != null && common.get() instanceof String text) {
                    return Optional.of(text);
                }
            }
            return Optional.empty();
        } catch (InvalidNameException e) {
            throw new CertificateParsingException("the subject is no distinguished name", e);
        } catch (NamingException e) {
            throw new CertificateParsingException("the subject cannot be read", e);
        }
    }

    private static Set<String> dnsNamesOf(X509Certificate certificate) throws CertificateParsingException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        if (names == null) {
            return Set.of();
        }
        return names.stream()
                .filter(name -> name.get(0).equals(DNS_NAME))
                .map(name -> String.valueOf(name.get(1)))
                .collect(Collectors.toUnmodifiableSet());
    }
}
