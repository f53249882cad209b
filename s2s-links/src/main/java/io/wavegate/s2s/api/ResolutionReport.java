package io.wavegate.s2s.api;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * How the servers of a domain are found (RFC 6120 section 3.2, RFC 2782, XEP-0368): a value, without any connection made.
 *
 * @param domain prepared (RFC 7622)
 * @param pinned the operator fixed the addresses; DNS was not asked
 * @param lookups every DNS question with its answer, in the order asked
 * @param servers what would be tried, in this order; the draw among equal priorities is made anew for each attempt. Also
 *     those with no address that may be connected to, which would be passed over
 * @param notes what is unusual though not fatal, a sentence each
 * @param failure why there is nothing to connect to, if there is not
 */
public record ResolutionReport(
        String domain,
        boolean pinned,
        List<Lookup> lookups,
        List<Server> servers,
        List<String> notes,
        Optional<Failure> failure) {
    public ResolutionReport {
        lookups = List.copyOf(lookups);
        servers = List.copyOf(servers);
        notes = List.copyOf(notes);
    }

    /** What DNS said to a question. */
    public enum Answer {
        /** There are records. */
        FOUND,
        /** The name exists and has no record of this type. */
        NO_RECORD,
        /** The name does not exist. */
        NO_NAME,
        /** DNS did not say: time-out, SERVFAIL, REFUSED. Nothing follows from it about the records. */
        FAILED
    }

    /**
     * One DNS question and its answer.
     *
     * @param type {@code SRV}, {@code AAAA} or {@code A}
     * @param name asked for, in A-labels, without the final dot
     * @param answer which kind of answer
     * @param records as in a zone file, without owner and type; empty unless found
     * @param aliases the names that CNAME records led over, in order; empty for none
     * @param text why it failed, else empty
     * @param tookMillis how long the answer took, about 0 from the cache
     */
    public record Lookup(
            String type,
            String name,
            Answer answer,
            List<String> records,
            List<String> aliases,
            String text,
            long tookMillis) {
        public Lookup {
            records = List.copyOf(records);
            aliases = List.copyOf(aliases);
        }
    }

    /**
     * A host and port that SRV, a pin or the address fallback leads to.
     *
     * @param host the SRV target or the domain itself
     * @param port TCP port
     * @param directTls TLS from the first byte (XEP-0368) instead of STARTTLS
     * @param priority of the SRV record; 0 without one
     * @param weight of the SRV record; 0 without one
     * @param addresses in the order to try, also those refused
     */
    public record Server(String host, int port, boolean directTls, int priority, int weight, List<Address> addresses) {
        public Server {
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * An address of a server.
     *
     * @param address numeric
     * @param refusal why it would not be connected to; empty if it would
     */
    public record Address(InetAddress address, Optional<String> refusal) {}

    /**
     * Why there is nothing to connect to.
     *
     * @param reason {@code remote-not-found}: DNS says there is no server; {@code resolution-failed}: DNS did not say, so
     *     it is tried again later; {@code policy-refused}: it leads only to addresses that are refused
     * @param cause what is wrong
     * @param next what to do about it
     */
    public record Failure(String reason, String cause, String next) {}
}
