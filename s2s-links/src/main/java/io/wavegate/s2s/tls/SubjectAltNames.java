package io.wavegate.s2s.tls;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.OtherName;

/**
 * Reads the names out of a certificate with an ASN.1 parser. Never from the subject's common name and never from a
 * printed distinguished name (RFC 9525 section 2; CVE-2025-59154).
 */
final class SubjectAltNames {
    private static final String EXTENSION = "2.5.29.17";
    private static final ASN1ObjectIdentifier DNS_SRV = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.8.7");
    private static final ASN1ObjectIdentifier XMPP_ADDR = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.8.5");

    private SubjectAltNames() {}

    /**
     * @return the usable names, in their order; names of other kinds and unreadable single names are left out
     * @throws IOException if the extension as a whole is not what RFC 5280 says
     */
    static List<PresentedName> of(X509Certificate certificate) throws IOException {
        byte[] extension = certificate.getExtensionValue(EXTENSION);
        if (extension == null) {
            return List.of();
        }
        try {
            // fromByteArray refuses trailing bytes, outside and inside the octet string.
            byte[] value = ASN1OctetString.getInstance(ASN1Primitive.fromByteArray(extension))
                    .getOctets();
            List<PresentedName> names = new ArrayList<>();
            for (GeneralName name :
                    GeneralNames.getInstance(ASN1Primitive.fromByteArray(value)).getNames()) {
                read(name).ifPresent(names::add);
            }
            return names;
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new IOException("subjectAltName is not well-formed: " + e.getMessage(), e);
        }
    }

    private static Optional<PresentedName> read(GeneralName name) {
        if (name.getTagNo() == GeneralName.dNSName && name.getName() instanceof ASN1IA5String dns) {
            return visible(dns.getString()).map(PresentedName.Dns::new);
        }
        if (name.getTagNo() != GeneralName.otherName) {
            return Optional.empty();
        }
        OtherName other = OtherName.getInstance(name.getName());
        ASN1Encodable value = other.getValue();
        if (other.getTypeID().equals(DNS_SRV) && value instanceof ASN1IA5String srv) {
            return visible(srv.getString()).map(PresentedName.Srv::new);
        }
        if (other.getTypeID().equals(XMPP_ADDR) && value instanceof ASN1UTF8String address) {
            return Optional.of(new PresentedName.XmppAddress(address.getString()));
        }
        return Optional.empty();
    }

    /** Host names are visible ASCII: an embedded NUL, a space or a byte beyond ASCII makes the name unusable. */
    private static Optional<String> visible(String name) {
        return !name.isEmpty() && name.chars().allMatch(c -> c > 0x20 && c < 0x7f)
                ? Optional.of(name)
                : Optional.empty();
    }
}
