package io.wavegate.s2s.dns;

import io.wavegate.s2s.resolve.DnsAnswer;
import io.wavegate.s2s.resolve.DnsRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;

/**
 * A DNS message read for one question, its CNAMEs followed as far as it goes.
 *
 * @param answer what it says; empty if its aliases lead out of it, so that {@code name} has to be asked for
 * @param name the last one that the aliases led to
 * @param aliases the names that they led over
 * @param ttlSeconds the shortest of all that was used so far
 */
record AnswerReading(Optional<DnsAnswer> answer, Name name, List<Name> aliases, long ttlSeconds) {
    /** More CNAMEs than this, one after the other, are nobody's honest zone; a loop ends here too. */
    private static final int MAX_ALIASES = 8;

    /** Records taken of one answer; what is beyond could only cost. */
    private static final int MAX_RECORDS = 512;

    /**
     * @param asked the name that the message answers
     * @param before aliases that led to it
     * @param ttl the shortest so far
     */
    static AnswerReading of(Message message, Name asked, int type, List<Name> before, long ttl) {
        List<Record> section = message.getSection(Section.ANSWER);
        List<Name> aliases = new ArrayList<>(before);
        Name name = asked;
        long shortest = ttl;
        for (Optional<CNAMERecord> alias = alias(section, name); alias.isPresent(); alias = alias(section, name)) {
            name = alias.get().getTarget();
            shortest = Math.min(shortest, alias.get().getTTL());
            aliases.add(name);
            if (aliases.size() > MAX_ALIASES) {
                DnsAnswer endless = new DnsAnswer.Failure("more than " + MAX_ALIASES + " aliases (CNAME), or a loop");
                return new AnswerReading(Optional.of(endless), name, aliases, shortest);
            }
        }
        List<DnsRecord> records = new ArrayList<>();
        for (Record record : section) {
            if (record.getType() == type && record.getName().equals(name) && records.size() < MAX_RECORDS) {
                shortest = Math.min(shortest, record.getTTL());
                value(record).ifPresent(records::add);
            }
        }
        boolean leadsOut = records.isEmpty() && !name.equals(asked) && message.getRcode() == Rcode.NOERROR;
        return leadsOut && negativeTtl(message).isEmpty()
                ? new AnswerReading(Optional.empty(), name, aliases, shortest)
                : new AnswerReading(Optional.of(answer(message, records, aliases, shortest)), name, aliases, shortest);
    }

    private static DnsAnswer answer(Message message, List<DnsRecord> records, List<Name> aliases, long ttlSeconds) {
        // An empty answer that lacks the zone's SOA says the same: forwarders strip it.
        return records.isEmpty()
                ? new DnsAnswer.None(message.getRcode() != Rcode.NXDOMAIN, negativeTtl(message))
                : new DnsAnswer.Found(
                        records, aliases.stream().map(AnswerReading::host).toList(), Duration.ofSeconds(ttlSeconds));
    }

    private static Optional<CNAMERecord> alias(List<Record> section, Name name) {
        return section.stream()
                .filter(record ->
                        record instanceof CNAMERecord && record.getName().equals(name))
                .map(CNAMERecord.class::cast)
                .findFirst();
    }

    /** RFC 2308 section 5: the lesser of the SOA record's own TTL and its MINIMUM. */
    private static Optional<Duration> negativeTtl(Message message) {
        return message.getSection(Section.AUTHORITY).stream()
                .filter(SOARecord.class::isInstance)
                .map(SOARecord.class::cast)
                .map(soa -> Duration.ofSeconds(Math.min(soa.getTTL(), soa.getMinimum())))
                .findFirst();
    }

    private static Optional<DnsRecord> value(Record record) {
        if (record instanceof SRVRecord srv) {
            return Optional.of(
                    new DnsRecord.Srv(srv.getPriority(), srv.getWeight(), srv.getPort(), host(srv.getTarget())));
        }
        if (record instanceof AAAARecord six) {
            return Optional.of(new DnsRecord.Address(six.getAddress()));
        }
        return record instanceof ARecord four
                ? Optional.of(new DnsRecord.Address(four.getAddress()))
                : Optional.empty();
    }

    /** Lower case: names are compared as they are where they are keys. */
    private static String host(Name name) {
        return name.equals(Name.root) ? "." : name.toString(true).toLowerCase(Locale.ROOT);
    }
}
