package io.wavegate.s2s.resolve;

import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamEnd.Reason;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** What a dial tried in vain, and what the operator is told in the end: name, SRV, address, result (spec 2.2). */
final class DialLosses {
    private final String remote;
    private ResolutionSteps steps;
    private Optional<StreamEnd> last = Optional.empty();
    private boolean refused;
    private boolean dnsFailed;

    DialLosses(String remote) {
        this.remote = remote;
        steps = new ResolutionSteps(remote);
    }

    void found(List<String> how) {
        steps = new ResolutionSteps(remote, how);
    }

    void answered(DnsQuestion question, DnsAnswer answer) {
        dnsFailed |= answer instanceof DnsAnswer.Failure;
        steps = steps.with(question, answer);
    }

    void unanswered(List<DnsQuestion> questions) {
        dnsFailed |= !questions.isEmpty();
        questions.forEach(question -> steps = steps.with(question, null));
    }

    void refused(InetAddress address, String why) {
        refused = true;
        steps = steps.with(address.getHostAddress() + " is refused: " + why);
    }

    void lost(Target target, InetAddress address, StreamEnd end) {
        last = Optional.of(end);
        String direct = target.directTls() ? " with direct TLS: " : ": ";
        steps = steps.with(address.getHostAddress() + " port " + target.port() + direct + end.text());
    }

    /** It neither worked nor failed. */
    void hung(Target target, Race.Flight flight, long nowMillis) {
        String time = " within " + (nowMillis - flight.startedMillis() + 500) / 1000 + " s";
        lost(
                target,
                flight.address(),
                switch (flight.progress()) {
                    case CONNECTING -> new StreamEnd(Reason.CONNECT_FAILED, "no connection" + time);
                    case CONNECTED ->
                        new StreamEnd(Reason.NEGOTIATION_TIMEOUT, "connected, but no stream header" + time);
                    case HEARD -> new StreamEnd(Reason.NEGOTIATION_TIMEOUT, "the stream was not ready" + time);
                });
    }

    /** All targets were tried. */
    StreamEnd nothingLeft() {
        return last.map(end -> new StreamEnd(
                        end.reason(), end.error(), "no stream to " + remote + ": " + String.join("; ", steps.lines())))
                .orElseGet(() -> noAddress().end());
    }

    /** Nothing could be tried. */
    Resolution.Failed noAddress() {
        if (refused) {
            return steps.failed(
                    Reason.POLICY_REFUSED,
                    "its DNS leads only to addresses that are not public",
                    "if that is right, pin it in wavegate.s2s.resolve.pins or set"
                            + " wavegate.s2s.resolve.allow-private-addresses");
        }
        if (dnsFailed) {
            return dnsFailed();
        }
        return steps.failed(
                Reason.REMOTE_NOT_FOUND,
                "its DNS has no address for it",
                "check the spelling of the domain; its operator has to publish SRV or address records");
    }

    /** @param more whether there are targets that were not tried */
    StreamEnd outOfTime(boolean more) {
        if (last.isEmpty()) {
            return dnsFailed().end();
        }
        StreamEnd end = nothingLeft();
        return more
                ? new StreamEnd(end.reason(), end.error(), end.text() + "; no time for the remaining targets")
                : end;
    }

    private Resolution.Failed dnsFailed() {
        return steps.failed(
                Reason.RESOLUTION_FAILED,
                "DNS did not answer",
                "check the DNS servers of this machine; it is tried again");
    }
}
