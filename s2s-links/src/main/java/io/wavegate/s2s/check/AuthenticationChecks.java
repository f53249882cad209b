package io.wavegate.s2s.check;

import io.wavegate.s2s.stream.AuthenticatedBy;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.PeerCertificate;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamPolicy.Authentication;
import java.util.List;
import java.util.Locale;

/** How each side proves itself to the other. */
final class AuthenticationChecks {
    private final DomainPair pair;
    private final Authentication policy;

    /** @param policy how the domain has to prove itself to us */
    AuthenticationChecks(DomainPair pair, Authentication policy) {
        this.pair = pair;
        this.policy = policy;
    }

    /** @param probe of a stream that was to be authenticated */
    List<Check> of(ProbeFacts probe) {
        return List.of(outbound(probe), inbound(probe));
    }

    private Check outbound(ProbeFacts probe) {
        if (probe.authenticated().filter(AuthenticatedBy.SASL_EXTERNAL::equals).isPresent()) {
            return ok(
                            "auth.out",
                            pair.remote() + " takes us for " + pair.local() + " by our certificate (SASL EXTERNAL)")
                    .took(probe.totalMillis());
        }
        String noExternal = probe.saslFailure()
                .map(failure -> "it refused our certificate: " + failure)
                .orElse(
                        policy == Authentication.DIALBACK
                                ? "our policy for it does not use EXTERNAL"
                                : "it does not offer EXTERNAL to our certificate");
        if (probe.authenticated().isPresent()) {
            return Check.note(
                            Area.AUTHENTICATION,
                            "auth.out",
                            pair.remote() + " takes us for " + pair.local() + " by dialback; " + noExternal,
                            "If it should take our certificate, `wavegate check self` says how that looks from outside")
                    .took(probe.totalMillis());
        }
        return failed(probe, noExternal);
    }

    private Check failed(ProbeFacts probe, String noExternal) {
        StreamEnd end = probe.end();
        boolean calledBack = end.text().toLowerCase(Locale.ROOT).contains("dialback");
        String finding =
                pair.remote() + " does not take us for " + pair.local() + ": " + end.text() + " (" + noExternal + ")";
        return end.reason() == StreamEnd.Reason.AUTHENTICATION_FAILED
                ? Check.error(
                        Area.AUTHENTICATION,
                        "auth.out",
                        calledBack ? Side.OURS : Side.BETWEEN,
                        finding,
                        calledBack
                                ? "It has to find and reach us to call back: `wavegate check self` says whether it can, and"
                                        + " which DNS records to publish"
                                : "Our certificate has to name " + pair.local()
                                        + " and lead to an authority that it trusts")
                : Check.error(
                        Area.AUTHENTICATION,
                        "auth.out",
                        StreamChecks.side(end.reason()),
                        "No authenticated stream to " + pair.remote() + ": " + end.label() + ": " + end.text(),
                        "Try again; if it stays, tell the operator of the domain");
    }

    private Check inbound(ProbeFacts probe) {
        PeerCertificate certificate = probe.tls().map(TlsFacts::verdict).orElseGet(PeerCertificate.None::new);
        boolean byDialback = probe.secured().filter(FeatureFacts::dialback).isPresent();
        return switch (policy) {
            case CERTIFICATE ->
                certificate.isTrusted()
                        ? ok("auth.in", "We take " + pair.remote() + " by that certificate (SASL EXTERNAL)")
                        : Check.error(
                                Area.AUTHENTICATION,
                                "auth.in",
                                Side.REMOTE,
                                "We refuse streams of " + pair.remote() + ": our policy asks it for a good certificate",
                                "Its operator has to obtain one, or you allow dialback for it in"
                                        + " wavegate.s2s.streams.policies");
            case CERTIFICATE_OR_DIALBACK ->
                certificate.isTrusted()
                        ? ok(
                                "auth.in",
                                "We take " + pair.remote() + " by that certificate (SASL EXTERNAL), or by dialback")
                        : dialback(byDialback);
            case DIALBACK -> dialback(byDialback);
        };
    }

    private Check dialback(boolean speaks) {
        return speaks
                ? Check.note(
                        Area.AUTHENTICATION,
                        "auth.in",
                        "We take " + pair.remote() + " by dialback: we ask the servers above whether it is theirs")
                : Check.warning(
                        Area.AUTHENTICATION,
                        "auth.in",
                        Side.REMOTE,
                        "We could take " + pair.remote() + " by dialback only, and it does not say that it speaks that",
                        "Its operator has to switch dialback on or to obtain a certificate");
    }

    private static Check ok(String id, String finding) {
        return Check.ok(Area.AUTHENTICATION, id, finding);
    }
}
