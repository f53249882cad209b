package io.wavegate.s2s.check;

import io.wavegate.s2s.api.ResolutionReport;
import io.wavegate.s2s.stream.PeerCertificate;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Facts about one of our domains.
 *
 * @param domain ours
 * @param chain its certificate for TLS, with its authorities as they are sent
 * @param judged what it is worth by our own anchors, for the domain
 * @param publicly what it is worth by the authorities that everybody trusts
 * @param signer who signs its deltas
 * @param listeners each of our listeners, probed from this machine
 * @param listening where streams are accepted by STARTTLS, as configured, in order
 * @param directTls where they are accepted by direct TLS
 * @param resolution its DNS, as others find it
 * @param looks what answers at the addresses that its DNS leads to
 * @param wave the same of {@code wave.} and the domain, which others guess
 * @param waveLooks what answers there
 * @param machine addresses of this machine that others could reach
 */
public record OwnDomain(
        String domain,
        List<CertificateFacts> chain,
        PeerCertificate judged,
        PeerCertificate publicly,
        Optional<SignerFacts> signer,
        List<ProbeFacts> listeners,
        List<Integer> listening,
        List<Integer> directTls,
        ResolutionReport resolution,
        List<ProbeFacts> looks,
        ResolutionReport wave,
        List<ProbeFacts> waveLooks,
        List<InetAddress> machine) {
    public OwnDomain {
        chain = List.copyOf(chain);
        listeners = List.copyOf(listeners);
        listening = List.copyOf(listening);
        directTls = List.copyOf(directTls);
        looks = List.copyOf(looks);
        waveLooks = List.copyOf(waveLooks);
        machine = List.copyOf(machine);
    }

    /** What it comes to. */
    public CheckReport report(Instant now) {
        List<Check> checks = new ArrayList<>(OwnCertificateChecks.of(this, now));
        checks.addAll(new OwnReachChecks(this).of());
        checks.addAll(new RecordsToPublish(this).of());
        return new CheckReport(domain, domain, checks);
    }
}
