package io.wavegate.s2s.check;

import io.wavegate.s2s.api.ResolutionReport;
import io.wavegate.s2s.api.ResolutionReport.Server;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** The DNS records that lead others to us, as lines of a zone file. */
final class RecordsToPublish {
    private static final int TTL = 3600;
    private static final int WEIGHT = 5;

    private final OwnDomain own;
    private final String host;

    RecordsToPublish(OwnDomain own) {
        this.own = own;
        this.host = own.resolution().servers().stream()
                .map(Server::host)
                .findFirst()
                .orElse(own.domain());
    }

    List<Check> of() {
        List<Check> checks = new ArrayList<>();
        for (ResolutionReport names : List.of(own.resolution(), own.wave())) {
            own.directTls().forEach(port -> checks.add(srv("_xmpps-server", names, port, true)));
            own.listening().forEach(port -> checks.add(srv("_xmpp-server", names, port, false)));
        }
        addresses(checks);
        return checks;
    }

    private Check srv(String service, ResolutionReport report, int port, boolean directTls) {
        String line = service + "._tcp." + report.domain() + ". " + TTL + " IN SRV 0 " + WEIGHT + " " + port + " "
                + host + ".";
        boolean published = report.lookups().stream()
                .anyMatch(lookup -> lookup.name().startsWith(service)
                        && !lookup.records().isEmpty()
                        && report.servers().stream()
                                .anyMatch(server -> server.port() == port && server.directTls() == directTls));
        return record(line, published);
    }

    private void addresses(List<Check> checks) {
        List<InetAddress> known = own.resolution().servers().stream()
                .filter(server -> server.host().equals(host))
                .flatMap(server -> server.addresses().stream())
                .map(ResolutionReport.Address::address)
                .distinct()
                .toList();
        if (!known.isEmpty()) {
            known.forEach(address -> checks.add(record(address(address), true)));
        } else if (own.machine().isEmpty()) {
            checks.add(record(host + ". " + TTL + " IN A (the public address that leads to this machine)", false));
        } else {
            own.machine().forEach(address -> checks.add(record(address(address), false)));
        }
    }

    private String address(InetAddress address) {
        return host + ". " + TTL + " IN " + (address instanceof Inet6Address ? "AAAA " : "A ")
                + address.getHostAddress();
    }

    private static Check record(String line, boolean published) {
        return published
                ? Check.ok(Area.PUBLISH, "publish.record", line)
                : Check.note(Area.PUBLISH, "publish.record", line, "Not published like this yet");
    }
}
