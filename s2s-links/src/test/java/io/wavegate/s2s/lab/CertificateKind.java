package io.wavegate.s2s.lab;

import io.wavegate.s2s.lab.LabCertificate.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/** The certificates that servers are seen with, good and bad in one way each. */
public enum CertificateKind {
    GOOD("From the trusted root, with dNSName and SRVName, for both roles"),
    EXPIRED("Its time is over"),
    NOTYET("Its time is to come"),
    WRONGNAME("Names somebody else"),
    SELFSIGNED("Signed by its own key"),
    UNKNOWNCA("From an authority that nobody trusts"),
    SERVERONLY("Extended key usage serverAuth alone, as public authorities issue them"),
    CLIENTONLY("Extended key usage clientAuth alone"),
    CNONLY("The domain stands in the subject's common name alone"),
    XMPPADDR("Good, and id-on-xmppAddr beside the other names"),
    XMPPADDRONLY("The domain stands in id-on-xmppAddr alone"),
    SRVNAMEONLY("The domain stands in SRVName alone"),
    WILDCARD("A dNSName of `*.` and the parent domain"),
    NOCHAIN("From an intermediate authority that is not sent along"),
    NONE("There is none: who connects shows nothing, and we show one for another of our names to who connects");

    private final String meaning;

    CertificateKind(String meaning) {
        this.meaning = meaning;
    }

    /** In a sentence, for tables. */
    public String meaning() {
        return meaning;
    }

    /** As in names of domains and in tables. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A certificate of this kind for a domain of at least three labels; empty for {@link #NONE}. */
    public Optional<LabCertificate> make(LabAuthorities from, String domain) {
        Instant now = Instant.now();
        LabCertificate root = from.root();
        return switch (this) {
            case GOOD -> Optional.of(full(domain).signedBy(root));
            case EXPIRED ->
                Optional.of(full(domain)
                        .valid(now.minus(Duration.ofDays(60)), now.minus(Duration.ofDays(30)))
                        .signedBy(root));
            case NOTYET ->
                Optional.of(full(domain)
                        .valid(now.plus(Duration.ofDays(30)), now.plus(Duration.ofDays(60)))
                        .signedBy(root));
            case WRONGNAME -> Optional.of(full("wrong.invalid").signedBy(root));
            case SELFSIGNED -> Optional.of(full(domain).selfSigned());
            case UNKNOWNCA -> Optional.of(full(domain).signedBy(from.stranger()));
            case SERVERONLY ->
                Optional.of(full(domain).purposes(KeyPurposeId.id_kp_serverAuth).signedBy(root));
            case CLIENTONLY ->
                Optional.of(full(domain).purposes(KeyPurposeId.id_kp_clientAuth).signedBy(root));
            case CNONLY -> Optional.of(LabCertificate.request(domain).signedBy(root));
            case XMPPADDR -> Optional.of(full(domain).xmppAddr(domain).signedBy(root));
            case XMPPADDRONLY ->
                Optional.of(LabCertificate.request("lab").xmppAddr(domain).signedBy(root));
            case SRVNAMEONLY ->
                Optional.of(LabCertificate.request("lab")
                        .srv("_xmpp-server." + domain)
                        .signedBy(root));
            case WILDCARD -> {
                String parents = "*" + domain.substring(domain.indexOf('.'));
                yield Optional.of(LabCertificate.request(parents).dns(parents).signedBy(root));
            }
            case NOCHAIN -> {
                LabCertificate whole = full(domain).signedBy(from.intermediate());
                yield Optional.of(new LabCertificate(List.of(whole.leaf()), whole.key()));
            }
            case NONE -> Optional.empty();
        };
    }

    private static Request full(String domain) {
        return LabCertificate.request(domain).dns(domain).srv("_xmpp-server." + domain);
    }
}
