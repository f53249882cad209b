package io.wavegate.s2s.resolve;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The addresses of one target, both families. IPv4 alone has to wait a little for IPv6 before it may race (RFC 8305 section
 * 3). A machine with mutable state and one owner.
 */
final class AddressLookup {
    private final List<DnsQuestion> questions;
    private final long resolutionDelayMillis;
    private final Map<DnsQuestion, DnsAnswer> answers = new HashMap<>();
    private long mayRaceMillis = Long.MAX_VALUE;

    AddressLookup(Target target, RaceSettings settings) {
        questions = target.questions();
        resolutionDelayMillis = settings.resolutionDelay().toMillis();
        if (questions.isEmpty()) {
            mayRaceMillis = Long.MIN_VALUE;
        }
    }

    /** What to ask, all at once. */
    List<DnsQuestion> questions() {
        return questions;
    }

    /**
     * Takes an answer.
     *
     * @return whether it was waited for
     */
    boolean answered(DnsQuestion question, DnsAnswer answer, long nowMillis) {
        if (!questions.contains(question) || answers.putIfAbsent(question, answer) != null) {
            return false;
        }
        boolean wait = question.type() == DnsQuestion.Type.A && !isComplete();
        mayRaceMillis = Math.min(mayRaceMillis, wait ? nowMillis + resolutionDelayMillis : nowMillis);
        return true;
    }

    boolean isComplete() {
        return answers.size() == questions.size();
    }

    List<DnsQuestion> unanswered() {
        return questions.stream()
                .filter(question -> !answers.containsKey(question))
                .toList();
    }

    /** From when on the addresses that are known may be tried; far away while none can be. */
    long mayRaceMillis() {
        return mayRaceMillis;
    }

    /** The addresses in an answer. */
    static List<InetAddress> addresses(DnsAnswer answer) {
        List<InetAddress> addresses = new ArrayList<>();
        if (answer instanceof DnsAnswer.Found found) {
            for (DnsRecord record : found.records()) {
                if (record instanceof DnsRecord.Address address) {
                    addresses.add(address.address());
                }
            }
        }
        return addresses;
    }
}
