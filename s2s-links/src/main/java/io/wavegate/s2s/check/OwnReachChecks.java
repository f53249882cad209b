package io.wavegate.s2s.check;

import io.wavegate.s2s.api.ResolutionReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether others find and reach us. */
final class OwnReachChecks {
    private final OwnDomain own;

    OwnReachChecks(OwnDomain own) {
        this.own = own;
    }

    List<Check> of() {
        List<Check> checks = new ArrayList<>();
        own.listeners().forEach(probe -> checks.add(listener(probe)));
        if (own.listeners().isEmpty()) {
            checks.add(Check.error(
                    Area.CONNECT,
                    "self.listener",
                    Side.OURS,
                    "No listener is configured, so that nobody can answer us",
                    "Set wavegate.s2s.listen"));
        }
        checks.addAll(DnsChecks.of(own.resolution()));
        own.looks().forEach(probe -> checks.add(published(own.domain(), probe, own.looks())));
        wave(checks);
        own.signer().ifPresent(signer -> checks.add(SignerChecks.own(signer)));
        return checks;
    }

    private Check listener(ProbeFacts probe) {
        String label = "Our listener " + probe.target().label();
        if (probe.connectMillis().isEmpty()) {
            return Check.error(
                    Area.CONNECT,
                    "self.listener",
                    Side.OURS,
                    label + " cannot be connected to from this machine: "
                            + probe.end().text(),
                    "Start the gateway; if it runs, compare wavegate.s2s.listen");
        }
        if (!probe.isGood()) {
            return Check.error(
                    Area.CONNECT,
                    "self.listener",
                    Side.OURS,
                    label + " answers, and gives no stream for " + own.domain() + ": "
                            + probe.end().label() + ": " + probe.end().text(),
                    "If another server has the port, give one of them another");
        }
        return Check.ok(Area.CONNECT, "self.listener", label + " answers for " + own.domain())
                .took(probe.totalMillis());
    }

    /** Seen from inside a network, its own public address may be out of reach though others reach it. */
    private Check published(String name, ProbeFacts probe, List<ProbeFacts> all) {
        String label = probe.target().label() + ", where DNS leads for " + name + ",";
        if (isUs(probe)) {
            return Check.ok(Area.CONNECT, "self.published", label + " is this gateway")
                    .took(probe.totalMillis());
        }
        if (probe.tls().isPresent()) {
            return Check.error(
                    Area.CONNECT,
                    "self.published",
                    Side.OURS,
                    label + " shows another certificate than this gateway's",
                    "Another server answers there, or another certificate was put in place: correct the DNS records, or"
                            + " what stands at that address");
        }
        String finding = label + " does not answer from here: " + probe.end().text();
        String remedy =
                "Let TCP port " + probe.target().port() + " through the firewall and lead it to this machine. Some"
                        + " networks cannot reach their own public address from inside; then check from another machine";
        return all.stream().anyMatch(this::isUs)
                ? Check.warning(Area.CONNECT, "self.published", Side.OURS, finding, remedy)
                : Check.error(Area.CONNECT, "self.published", Side.OURS, finding, remedy);
    }

    private boolean isUs(ProbeFacts probe) {
        Optional<String> shown =
                probe.tls().flatMap(tls -> tls.chain().stream().findFirst()).map(CertificateFacts::fingerprint);
        return shown.isPresent()
                && own.chain().stream()
                        .findFirst()
                        .map(CertificateFacts::fingerprint)
                        .equals(shown);
    }

    private void wave(List<Check> checks) {
        ResolutionReport report = own.wave();
        if (report.failure().isPresent()) {
            checks.add(Check.note(
                    Area.DNS,
                    "self.wave",
                    report.domain() + " leads nowhere: "
                            + report.failure().get().cause() + ". It helps servers that guess",
                    "Publish the records for it below"));
        } else if (own.waveLooks().stream().anyMatch(this::isUs)) {
            checks.add(Check.ok(Area.DNS, "self.wave", report.domain() + " leads to this gateway too"));
        } else {
            checks.add(Check.warning(
                    Area.DNS,
                    "self.wave",
                    Side.OURS,
                    report.domain() + " has records that do not lead to this gateway",
                    "Servers that guess will ask there. Correct the records, or take them out"));
        }
    }
}
