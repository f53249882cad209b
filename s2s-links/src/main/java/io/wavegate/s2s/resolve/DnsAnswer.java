package io.wavegate.s2s.resolve;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What DNS said to one question; "there is none" and "could not find out" are different answers (spec 2.1.8). */
public sealed interface DnsAnswer {
    /**
     * Records of the type asked for, CNAMEs followed.
     *
     * @param records at least one
     * @param aliases the names that CNAMEs led over, in order, without the one asked for; usually none
     * @param ttl how long they may be used again
     */
    record Found(List<DnsRecord> records, List<String> aliases, Duration ttl) implements DnsAnswer {
        public Found {
            records = List.copyOf(records);
            aliases = List.copyOf(aliases);
        }
    }

    /**
     * An authoritative "no": NXDOMAIN or no data of this type.
     *
     * @param nameExists false for NXDOMAIN
     * @param ttl how long it may be believed, if the answer says so (RFC 2308 section 5)
     */
    record None(boolean nameExists, Optional<Duration> ttl) implements DnsAnswer {}

    /**
     * No answer: SERVFAIL, time-out, refused, nonsense. Says nothing about the records.
     *
     * @param why for the operator, without the question
     */
    record Failure(String why) implements DnsAnswer {}
}
