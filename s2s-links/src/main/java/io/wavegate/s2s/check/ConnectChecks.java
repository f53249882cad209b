package io.wavegate.s2s.check;

import io.wavegate.s2s.stream.StreamEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Which addresses take connections. */
final class ConnectChecks {
    private ConnectChecks() {}

    /** @param left addresses that were not tried */
    static List<Check> of(List<ProbeFacts> probes, int left) {
        boolean anyConnected =
                probes.stream().anyMatch(probe -> probe.connectMillis().isPresent());
        List<Check> checks = new ArrayList<>();
        for (ProbeFacts probe : probes) {
            checks.add(
                    probe.connectMillis().isPresent()
                            ? Check.ok(
                                            Area.CONNECT,
                                            "connect.address",
                                            probe.target().label() + " takes connections")
                                    .took(probe.connectMillis())
                            : unreachable(probe, anyConnected));
        }
        if (left > 0) {
            checks.add(Check.note(Area.CONNECT, "connect.more", left + " more addresses were not tried"));
        }
        return checks;
    }

    private static Check unreachable(ProbeFacts probe, boolean anotherWorks) {
        StreamEnd end = probe.end();
        String why = end.text().toLowerCase(Locale.ROOT);
        String label = probe.target().label();
        if (why.contains("refused")) {
            return finding(
                    anotherWorks,
                    Side.REMOTE,
                    label + " refuses connections: nothing listens there",
                    "The operator of the domain has to start the server, or to correct the port in SRV",
                    probe);
        }
        if (why.contains("timed out") || why.contains("timeout")) {
            return finding(
                    anotherWorks,
                    Side.BETWEEN,
                    label + " does not answer: a firewall drops the packets, or the machine is away",
                    "Try from another network; if it answers there, a firewall on this side is in the way",
                    probe);
        }
        if (why.contains("unreachable") || why.contains("no route")) {
            return finding(
                    anotherWorks,
                    Side.OURS,
                    label + " cannot be reached from this machine (" + end.text() + ")",
                    "Give this machine a route to it"
                            + (probe.target().address() instanceof java.net.Inet6Address
                                    ? ", which for IPv6 it may lack altogether"
                                    : ""),
                    probe);
        }
        return finding(
                anotherWorks,
                Side.BETWEEN,
                label + " could not be connected to: " + end.text(),
                "Try again; if it stays, tell the operator of the domain",
                probe);
    }

    private static Check finding(boolean anotherWorks, Side side, String finding, String remedy, ProbeFacts probe) {
        Check check = anotherWorks
                ? Check.warning(Area.CONNECT, "connect.address", side, finding, remedy)
                : Check.error(Area.CONNECT, "connect.address", side, finding, remedy);
        return check.took(probe.totalMillis());
    }
}
