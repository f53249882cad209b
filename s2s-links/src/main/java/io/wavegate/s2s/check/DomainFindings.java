package io.wavegate.s2s.check;

import io.wavegate.s2s.api.ResolutionReport;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.StreamPolicy.Authentication;
import io.wavegate.s2s.vouch.KnownVouchers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Facts about one domain as they were gathered, and the checks they come to.
 *
 * @param pair ours and the other
 * @param policy how the other has to prove itself to us
 * @param resolution its DNS
 * @param looks what each address showed, in the order to try, up to the features behind TLS
 * @param left addresses that were not tried
 * @param stream the stream that was authenticated, or should have been; empty if no address came that far
 * @param vouchers who vouched for the domain before
 */
public record DomainFindings(
        DomainPair pair,
        Authentication policy,
        ResolutionReport resolution,
        List<ProbeFacts> looks,
        int left,
        Optional<ProbeFacts> stream,
        KnownVouchers vouchers) {
    public DomainFindings {
        looks = List.copyOf(looks);
    }

    /** The first address that showed all it should. */
    public static Optional<ProbeFacts> firstGood(List<ProbeFacts> looks) {
        return looks.stream().filter(ProbeFacts::isGood).findFirst();
    }

    /** Whether stanzas can be sent. */
    public boolean isReachable() {
        return stream.filter(probe -> probe.authenticated().isPresent()).isPresent();
    }

    /** From DNS to authentication. */
    public List<Check> checks(Instant now) {
        List<Check> checks = new ArrayList<>(DnsChecks.of(resolution));
        checks.addAll(ConnectChecks.of(looks, left));
        checks.addAll(new TlsChecks(pair.remote(), policy, now).of(looks));
        checks.addAll(VoucherChecks.of(pair.remote(), looks, vouchers, now));
        checks.addAll(StreamChecks.of(looks));
        stream.ifPresent(probe -> checks.addAll(new AuthenticationChecks(pair, policy).of(probe)));
        return checks;
    }

    /** The same where the domain's wave service, under another name, works without them. */
    public List<Check> mitigatedChecks(Instant now) {
        return checks(now).stream().map(Check::mitigated).toList();
    }

    /** Of the wave service. */
    public List<Check> waveChecks(List<QuestionFacts> questions, Optional<String> service) {
        return new WaveChecks(pair).of(questions, service);
    }

    /** Of signatures. */
    public List<Check> signerChecks(SignerFacts ours) {
        return SignerChecks.of(
                ours, pair.remote(), firstGood(looks).or(() -> stream).flatMap(ProbeFacts::tls));
    }
}
