package io.wavegate.s2s.resolve;

import io.wavegate.s2s.api.ResolutionReport;
import io.wavegate.s2s.api.ResolutionReport.Address;
import io.wavegate.s2s.api.ResolutionReport.Failure;
import io.wavegate.s2s.api.ResolutionReport.Lookup;
import io.wavegate.s2s.api.ResolutionReport.Server;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Puts a resolution into the words of an operator.
 *
 * @param srvQuestions those asked for SRV records; none if the domain is pinned
 * @param answers to all questions
 * @param result what the SRV records came to
 */
record Reporting(
        String domain,
        ResolveSettings settings,
        List<DnsQuestion> srvQuestions,
        Map<DnsQuestion, Inspection.Answer> answers,
        Resolution result) {
    ResolutionReport report() {
        List<Lookup> lookups = new ArrayList<>();
        answers.forEach((question, answer) -> lookups.add(lookup(question, answer)));
        return new ResolutionReport(
                domain,
                settings.pins().forDomain(domain).isPresent(),
                lookups,
                targets().stream().map(this::server).toList(),
                notes(),
                failure());
    }

    private List<Target> targets() {
        return result instanceof Resolution.Targets found ? found.targets() : List.of();
    }

    private static Lookup lookup(DnsQuestion question, Inspection.Answer said) {
        ResolutionReport.Answer kind;
        List<String> records = List.of();
        List<String> aliases = List.of();
        String text = "";
        if (said.answer() instanceof DnsAnswer.Found found) {
            kind = ResolutionReport.Answer.FOUND;
            records = found.records().stream().map(DnsRecord::toString).toList();
            aliases = found.aliases();
        } else if (said.answer() instanceof DnsAnswer.None none) {
            kind = none.nameExists() ? ResolutionReport.Answer.NO_RECORD : ResolutionReport.Answer.NO_NAME;
        } else {
            kind = ResolutionReport.Answer.FAILED;
            text = said.answer() instanceof DnsAnswer.Failure failure ? failure.why() : "";
        }
        return new Lookup(question.type().name(), question.name(), kind, records, aliases, text, said.tookMillis());
    }

    private Server server(Target target) {
        Optional<DnsRecord.Srv> srv = srvRecord(target);
        List<Address> addresses = new ArrayList<>();
        target.addresses().forEach(address -> addresses.add(new Address(address, Optional.empty())));
        for (InetAddress address : AddressOrder.of(found(target))) {
            addresses.add(new Address(address, settings.addressPolicy().refusal(address)));
        }
        return new Server(
                target.host(),
                target.port(),
                target.directTls(),
                srv.map(DnsRecord.Srv::priority).orElse(0),
                srv.map(DnsRecord.Srv::weight).orElse(0),
                addresses);
    }

    private Optional<DnsRecord.Srv> srvRecord(Target target) {
        return srvQuestions.stream()
                .filter(question -> AskingSrv.isDirectTls(question) == target.directTls())
                .flatMap(this::srvRecords)
                .filter(srv -> srv.target().equals(target.host()) && srv.port() == target.port())
                .findFirst();
    }

    private Stream<DnsRecord.Srv> srvRecords(DnsQuestion question) {
        return answer(question) instanceof DnsAnswer.Found found
                ? found.records().stream()
                        .filter(DnsRecord.Srv.class::isInstance)
                        .map(DnsRecord.Srv.class::cast)
                : Stream.empty();
    }

    private Set<InetAddress> found(Target target) {
        Set<InetAddress> found = new LinkedHashSet<>();
        target.questions().forEach(question -> found.addAll(AddressLookup.addresses(answer(question))));
        return found;
    }

    private DnsAnswer answer(DnsQuestion question) {
        Inspection.Answer said = answers.get(question);
        return said == null ? new DnsAnswer.Failure("not answered") : said.answer();
    }

    private Optional<Failure> failure() {
        if (result instanceof Resolution.Failed failed) {
            return Optional.of(failure(failed));
        }
        DialLosses losses = new DialLosses(domain);
        boolean reachable = false;
        for (Target target : targets()) {
            reachable |= !target.addresses().isEmpty();
            for (DnsQuestion question : target.questions()) {
                losses.answered(question, answer(question));
                for (InetAddress address : AddressLookup.addresses(answer(question))) {
                    Optional<String> refusal = settings.addressPolicy().refusal(address);
                    refusal.ifPresent(why -> losses.refused(address, why));
                    reachable |= refusal.isEmpty();
                }
            }
        }
        return reachable ? Optional.empty() : Optional.of(failure(losses.noAddress()));
    }

    private static Failure failure(Resolution.Failed failed) {
        return new Failure(failed.end().reason().label(), failed.cause(), failed.next());
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        long offered = srvQuestions.stream()
                .flatMap(this::srvRecords)
                .filter(srv -> !srv.notOffered())
                .count();
        if (offered > targets().size() && targets().size() == settings.maximumTargets()) {
            notes.add("Only " + targets().size() + " of " + offered + " SRV records are followed"
                    + " (wavegate.s2s.resolve.maximum-targets).");
        }
        if (offered == 0 && !targets().isEmpty() && !srvQuestions.isEmpty()) {
            notes.add(
                    "There are no SRV records, so its own address and port " + AskingSrv.DEFAULT_PORT + " are tried.");
        }
        if (result instanceof Resolution.Targets found) {
            found.steps().stream()
                    .filter(step -> step.endsWith(Resolution.AVOIDED))
                    .forEach(step -> notes.add(step + "."));
        }
        for (Target target : targets()) {
            for (DnsQuestion question : target.questions()) {
                if (answer(question) instanceof DnsAnswer.Found found
                        && !found.aliases().isEmpty()
                        && offered > 0) {
                    notes.add("SRV target " + target.host() + " is an alias of " + String.join(", ", found.aliases())
                            + ": RFC 2782 forbids that, and some servers do not follow it.");
                }
            }
        }
        return notes.stream().distinct().toList();
    }
}
