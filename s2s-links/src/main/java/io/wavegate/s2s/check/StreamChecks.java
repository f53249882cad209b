package io.wavegate.s2s.check;

import io.wavegate.s2s.stream.StreamEnd;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How far streams get, and what is offered on them. */
final class StreamChecks {
    private StreamChecks() {}

    static List<Check> of(List<ProbeFacts> probes) {
        boolean anyGood = probes.stream().anyMatch(ProbeFacts::isGood);
        Set<FeatureFacts> seen = new HashSet<>();
        List<Check> checks = new ArrayList<>();
        for (ProbeFacts probe : probes) {
            if (probe.connectMillis().isEmpty()) {
                continue;
            }
            probe.plain()
                    .filter(plain -> !plain.startTls() && !probe.target().directTls())
                    .ifPresent(plain -> checks.add(notOffered(probe)));
            probe.secured().filter(seen::add).ifPresent(features -> checks.add(features(probe, features)));
            if (!probe.isGood() && probe.end().reason() != StreamEnd.Reason.TLS_FAILED) {
                checks.add(broken(probe, anyGood));
            }
        }
        return checks;
    }

    private static Check notOffered(ProbeFacts probe) {
        return Check.warning(
                Area.STREAM,
                "stream.starttls",
                Side.REMOTE,
                probe.target().label() + " does not offer STARTTLS",
                "It was asked for all the same, since the offer may have been taken out on the way. The operator has to"
                        + " switch TLS on");
    }

    private static Check features(ProbeFacts probe, FeatureFacts features) {
        List<String> offers = new ArrayList<>();
        if (features.external()) {
            offers.add("SASL EXTERNAL");
        }
        if (features.dialback()) {
            offers.add("dialback");
        }
        offers.addAll(features.others());
        String finding =
                probe.target().label() + " offers " + (offers.isEmpty() ? "nothing" : String.join(", ", offers));
        return Check.ok(Area.STREAM, "stream.features", finding).took(probe.totalMillis());
    }

    private static Check broken(ProbeFacts probe, boolean anotherWorks) {
        StreamEnd end = probe.end();
        String finding = probe.target().label() + ": " + end.label() + ": " + end.text();
        Side side = side(end.reason());
        String remedy = remedy(end.reason());
        return anotherWorks
                ? Check.warning(Area.STREAM, "stream.negotiation", side, finding, remedy)
                : Check.error(Area.STREAM, "stream.negotiation", side, finding, remedy);
    }

    static Side side(StreamEnd.Reason reason) {
        return switch (reason) {
            case REMOTE_NOT_FOUND, PROTOCOL_ERROR, CERTIFICATE_REFUSED, NEGOTIATION_TIMEOUT -> Side.REMOTE;
            default ->
                switch (reason.origin()) {
                    case HERE -> Side.OURS;
                    case THERE -> Side.REMOTE;
                    case BETWEEN -> Side.BETWEEN;
                };
        };
    }

    private static String remedy(StreamEnd.Reason reason) {
        return switch (reason) {
            case REMOTE_STREAM_ERROR -> "The error is the other server's own word; its log says more";
            case PROTOCOL_ERROR -> "What listens there may be no XMPP server; compare the port with SRV";
            case POLICY_REFUSED, CERTIFICATE_REFUSED -> "Our policy is in wavegate.s2s.streams.policy and policies";
            case NEGOTIATION_TIMEOUT ->
                "It takes connections and says nothing in time: a dead TLS terminator, or overload";
            default -> "Try again; if it stays, tell the operator of the domain";
        };
    }
}
