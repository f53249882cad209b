package io.wavegate.s2s.check;

import io.wavegate.s2s.api.ResolutionReport;
import io.wavegate.s2s.api.ResolutionReport.Address;
import io.wavegate.s2s.api.ResolutionReport.Answer;
import io.wavegate.s2s.api.ResolutionReport.Failure;
import io.wavegate.s2s.api.ResolutionReport.Lookup;
import io.wavegate.s2s.api.ResolutionReport.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is to be made of a domain's DNS. */
final class DnsChecks {
    private static final int SHOWN = 8;

    private DnsChecks() {}

    static List<Check> of(ResolutionReport report) {
        List<Check> checks = new ArrayList<>();
        if (report.pinned()) {
            checks.add(
                    note("dns.pinned", report.domain() + " is pinned by wavegate.s2s.resolve.pins; DNS is not asked"));
        }
        report.lookups().forEach(lookup -> lookup(lookup, report, checks));
        boolean bySrv = report.lookups().stream()
                .anyMatch(lookup -> lookup.type().equals("SRV") && lookup.answer() == Answer.FOUND);
        int place = 0;
        for (Server server : report.servers()) {
            if (server.addresses().isEmpty() && !bySrv) {
                continue;
            }
            place++;
            checks.add(server(server, place));
            refused(server, checks);
        }
        if (isDrawn(report.servers())) {
            checks.add(note("dns.draw", "Servers of equal priority change places by their weights with each attempt"));
        }
        report.notes().forEach(text -> checks.add(note("dns.remark", text)));
        report.failure().ifPresent(failure -> checks.add(failed(report, failure)));
        return checks;
    }

    private static void lookup(Lookup lookup, ResolutionReport report, List<Check> checks) {
        String question = lookup.name() + " " + lookup.type();
        if (lookup.answer() == Answer.FAILED) {
            String finding = question + ": DNS did not say (" + lookup.text() + ")";
            String remedy = "Ask by hand: dig " + lookup.type() + " " + lookup.name()
                    + ". If that fails too, the operator of the zone or of this machine's DNS servers has to act";
            Check check = report.failure().isPresent()
                    ? Check.error(Area.DNS, "dns.lookup", Side.BETWEEN, finding, remedy)
                    : Check.warning(Area.DNS, "dns.lookup", Side.BETWEEN, finding, remedy);
            checks.add(check.took(lookup.tookMillis()));
        } else if (lookup.type().equals("SRV")) {
            // Addresses stand with their servers, in the order in which they count.
            checks.add(Check.ok(Area.DNS, "dns.lookup", question + ": " + said(lookup))
                    .took(lookup.tookMillis()));
        }
    }

    private static String said(Lookup lookup) {
        return switch (lookup.answer()) {
            case FOUND -> records(lookup.records()) + aliases(lookup.aliases());
            case NO_RECORD -> "no such record";
            case NO_NAME -> "no such name";
            case FAILED -> lookup.text();
        };
    }

    private static String records(List<String> records) {
        String shown = records.stream().limit(SHOWN).collect(Collectors.joining(", "));
        return records.size() > SHOWN ? shown + " and " + (records.size() - SHOWN) + " more" : shown;
    }

    private static String aliases(List<String> aliases) {
        return aliases.isEmpty() ? "" : " (by the alias " + String.join(" and ", aliases) + ")";
    }

    private static Check server(Server server, int place) {
        String name = place + ". " + server.host() + " port " + server.port()
                + (server.directTls() ? " with direct TLS" : " with STARTTLS");
        if (server.addresses().isEmpty()) {
            return Check.warning(
                    Area.DNS,
                    "dns.server",
                    Side.REMOTE,
                    name + ": it has no address and is passed over",
                    "The operator of the domain has to give " + server.host() + " an address, or take it out of SRV");
        }
        return Check.ok(
                Area.DNS,
                "dns.server",
                name + ": "
                        + server.addresses().stream()
                                .limit(SHOWN)
                                .map(address -> address.address().getHostAddress())
                                .collect(Collectors.joining(", ")));
    }

    private static void refused(Server server, List<Check> checks) {
        for (Address address : server.addresses()) {
            address.refusal()
                    .ifPresent(why -> checks.add(Check.warning(
                            Area.DNS,
                            "dns.private",
                            Side.OURS,
                            address.address().getHostAddress() + " of " + server.host() + " is not connected to: "
                                    + why,
                            "If it is right, pin the domain in wavegate.s2s.resolve.pins or set"
                                    + " wavegate.s2s.resolve.allow-private-addresses")));
        }
    }

    private static boolean isDrawn(List<Server> servers) {
        return servers.stream().map(Server::priority).distinct().count() < servers.size();
    }

    private static Check failed(ResolutionReport report, Failure failure) {
        Side side =
                switch (failure.reason()) {
                    case "remote-not-found" -> Side.REMOTE;
                    case "policy-refused" -> Side.OURS;
                    default -> Side.BETWEEN;
                };
        return Check.error(
                Area.DNS,
                "dns.none",
                side,
                "There is no server to connect to for " + report.domain() + ": " + failure.cause(),
                failure.next().substring(0, 1).toUpperCase(Locale.ROOT)
                        + failure.next().substring(1));
    }

    private static Check note(String id, String finding) {
        return Check.note(Area.DNS, id, finding);
    }
}
