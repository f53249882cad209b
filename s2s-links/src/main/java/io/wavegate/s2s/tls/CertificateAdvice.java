package io.wavegate.s2s.tls;

import io.wavegate.s2s.tls.CertificateProblem.Kind;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What peers may hold against a certificate of ours whose files are in order: judged as a peer judges that trusts the same
 * authorities as we do (spec 7). It is advice and stops nothing: peers may know an authority that we do not, and dialback
 * does without any.
 */
public final class CertificateAdvice {
    private final Supplier<Set<TrustAnchor>> anchors;
    private final Duration warnBefore;

    /**
     * @param anchors the authorities trusted here at present
     * @param warnBefore from when before its end a certificate counts as ending soon
     */
    public CertificateAdvice(Supplier<Set<TrustAnchor>> anchors, Duration warnBefore) {
        this.anchors = anchors;
        this.warnBefore = warnBefore;
    }

    /** In the order of how bad it is; empty if there is nothing to say. */
    public List<CertificateProblem> on(CertificateSource source, DomainCertificate certificate, Instant now) {
        List<CertificateProblem> advice = new ArrayList<>();
        purpose(source, certificate.leaf()).ifPresent(advice::add);
        chain(source, certificate.chain(), now).ifPresent(advice::add);
        expiry(source, certificate, now).ifPresent(advice::add);
        names(source, certificate.leaf()).ifPresent(advice::add);
        return advice;
    }

    /** Whether peers with the usual authorities would refuse it for its chain or purpose. */
    boolean isUnusableForMost(CertificateSource source, DomainCertificate certificate, Instant now) {
        return on(source, certificate, now).stream()
                .map(CertificateProblem::kind)
                .anyMatch(kind ->
                        kind == Kind.CHAIN_INCOMPLETE || kind == Kind.SELF_SIGNED || kind == Kind.NOT_FOR_SERVERS);
    }

    private static Optional<CertificateProblem> purpose(CertificateSource source, X509Certificate leaf) {
        return PeerCertificateJudge.purposeFault(leaf)
                .map(fault -> new CertificateProblem(
                        Kind.NOT_FOR_SERVERS,
                        theOne(source) + " " + fault + ", so peers refuse it; obtain one for a TLS server"));
    }

    private Optional<CertificateProblem> chain(CertificateSource source, List<X509Certificate> chain, Instant now) {
        X509Certificate last = chain.get(chain.size() - 1);
        if (chain.size() == 1 && isSelfSigned(last)) {
            return problem(
                    Kind.SELF_SIGNED,
                    theOne(source) + " is signed by itself: peers that ask for a certificate refuse it, others verify"
                            + " us by dialback; obtain one from an authority");
        }
        try {
            paths().build(chain, now);
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            return Optional.of(broken(source, last, CertificatePaths.reason(e)));
        }
    }

    private CertificatePaths paths() {
        return new CertificatePaths(anchors.get());
    }

    private CertificateProblem broken(CertificateSource source, X509Certificate last, String reason) {
        String issuer = last.getIssuerX500Principal().getName();
        if (isSelfSigned(last) && !paths().knows(last)) {
            return new CertificateProblem(
                    Kind.PRIVATE_AUTHORITY,
                    theOne(source) + " leads to the authority " + issuer + ", which is not trusted here; that is right"
                            + " in a private federation whose members configure it, else obtain one from a public"
                            + " authority");
        }
        return new CertificateProblem(
                Kind.CHAIN_INCOMPLETE,
                theOne(source) + " does not lead to an authority trusted here (" + reason + "): the last certificate in"
                        + " the file was issued by " + issuer + "; if that is an intermediate authority, append its"
                        + " certificate (with certbot use fullchain.pem instead of cert.pem), if it is one of your own,"
                        + " add it to wavegate.s2s.tls.trust-anchors");
    }

    private Optional<CertificateProblem> expiry(CertificateSource source, DomainCertificate certificate, Instant now) {
        Duration left = Duration.between(now, certificate.notAfter());
        if (left.compareTo(warnBefore) > 0) {
            return Optional.empty();
        }
        String when = left.isNegative()
                ? " expired at " + certificate.notAfter()
                : " expires in " + (left.toDays() > 1 ? left.toDays() + " days" : left.toHours() + " hours") + ", at "
                        + certificate.notAfter();
        return problem(
                Kind.EXPIRES_SOON,
                theOne(source) + when
                        + "; renew it and put the new one in its place, it is taken up without a restart");
    }

    private static Optional<CertificateProblem> names(CertificateSource source, X509Certificate leaf) {
        List<String> missing = source.alsoServed().stream()
                .filter(name -> CertificateIdentity.matches(leaf, name).isEmpty())
                .toList();
        return missing.isEmpty()
                ? Optional.empty()
                : problem(
                        Kind.NAME_MISSING,
                        theOne(source) + " does not name " + String.join(", ", missing)
                                + ": peers that come by that name and ask for a certificate will go away; have it"
                                + " certified too if you have peers that guess it");
    }

    private static boolean isSelfSigned(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    private static String theOne(CertificateSource source) {
        Path file = source.chain();
        return "The certificate of " + source.domain() + " in " + file;
    }

    private static Optional<CertificateProblem> problem(Kind kind, String text) {
        return Optional.of(new CertificateProblem(kind, text));
    }
}
