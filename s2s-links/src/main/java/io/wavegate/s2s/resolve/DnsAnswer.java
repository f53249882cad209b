package io.wavegate.s2s.resolve;

import java.time.Duration;
import java.util.List;

/** What DNS said to one question; "there is none" and "could not find out" are different answers (spec 2.1.8). */
public sealed interface DnsAnswer {
    /**
     * Records of the type asked for, CNAMEs followed.
     *
     * @param records at least one
     * @param ttl how long they may be used again
     */
    record Found(List<DnsRecord> records, Duration ttl) implements DnsAnswer {
        public Found {
            records = List.copyOf(records);
        }
    }

    /**
     * An authoritative "no": NXDOMAIN or no data of this type.
     *
     * @param nameExists false for NXDOMAIN
     */
    record None(boolean nameExists) implements DnsAnswer {}

    /**
     * No answer: SERVFAIL, time-out, refused, nonsense. Says nothing about the records.
     *
     * @param why for the operator, without the question
     */
    record Failure(String why) implements DnsAnswer {}
}
