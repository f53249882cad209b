package io.wavegate.s2s.resolve;

import io.wavegate.s2s.resolve.DnsQuestion.Type;
import io.wavegate.s2s.stream.StreamEnd.Reason;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Waits for the addresses of all candidates, both families.
 *
 * @param candidates in the order to try
 * @param steps so far
 */
record AskingAddresses(ResolveSettings settings, List<Candidate> candidates, ResolutionSteps steps)
        implements TargetResolution {
    /** Addresses tried of one host; each costs a connection attempt. */
    private static final int MAXIMUM_ADDRESSES = 8;

    /** A host and port that may turn out to have addresses. */
    record Candidate(String host, int port) {
        List<DnsQuestion> questions() {
            return List.of(new DnsQuestion(host, Type.AAAA), new DnsQuestion(host, Type.A));
        }
    }

    @Override
    public Set<DnsQuestion> questions() {
        Set<DnsQuestion> questions = new LinkedHashSet<>();
        for (Candidate candidate : candidates) {
            questions.addAll(candidate.questions());
        }
        return questions;
    }

    @Override
    public TargetResolution answered(Map<DnsQuestion, DnsAnswer> answers) {
        ResolutionSteps told = steps;
        for (DnsQuestion question : questions()) {
            told = told.with(question, answers.get(question));
        }
        List<Target> targets = new ArrayList<>();
        boolean refused = false;
        for (Candidate candidate : candidates) {
            List<InetAddress> found = addresses(candidate, answers);
            List<InetAddress> allowed = found.stream()
                    .filter(address -> settings.allowPrivateAddresses() || AddressPolicy.isPublic(address))
                    .limit(MAXIMUM_ADDRESSES)
                    .toList();
            refused |= allowed.size() < Math.min(found.size(), MAXIMUM_ADDRESSES);
            if (!allowed.isEmpty()) {
                targets.add(new Target(candidate.host(), candidate.port(), allowed));
            }
        }
        return targets.isEmpty() ? nothing(answers, refused, told) : told.found(targets);
    }

    private static List<InetAddress> addresses(Candidate candidate, Map<DnsQuestion, DnsAnswer> answers) {
        Set<InetAddress> addresses = new LinkedHashSet<>();
        for (DnsQuestion question : candidate.questions()) {
            if (answers.get(question) instanceof DnsAnswer.Found found) {
                for (DnsRecord record : found.records()) {
                    if (record instanceof DnsRecord.Address address) {
                        addresses.add(address.address());
                    }
                }
            }
        }
        return AddressOrder.of(addresses);
    }

    private static TargetResolution nothing(
            Map<DnsQuestion, DnsAnswer> answers, boolean refused, ResolutionSteps told) {
        if (refused) {
            return told.failed(
                    Reason.POLICY_REFUSED,
                    "its DNS leads only to addresses that are not public",
                    "if that is right, pin it in wavegate.s2s.resolve.pins or set"
                            + " wavegate.s2s.resolve.allow-private-addresses");
        }
        if (answers.values().stream().anyMatch(DnsAnswer.Failure.class::isInstance)) {
            return told.failed(
                    Reason.RESOLUTION_FAILED,
                    "DNS did not answer",
                    "check the DNS servers of this machine; it is tried again");
        }
        return told.failed(
                Reason.REMOTE_NOT_FOUND,
                "its DNS has no address for it",
                "check the spelling of the domain; its operator has to publish SRV or address records");
    }
}
