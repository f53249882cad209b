package io.wavegate.wavelet.entity;

import java.util.List;
import java.util.Optional;

/**
 * The delta that removed a domain's last participant from a hosted wavelet. It is the last that the domain is told, and
 * the end of the history that it may read.
 *
 * @param domain which domain
 * @param removedAt the version the delta applied at
 * @param until the version after it
 */
record Departure(String domain, long removedAt, long until) {

    /** As a member of {@link SetNames#departures}. */
    String toMember() {
        return domain + " " + removedAt + " " + until;
    }

    /**
     * A domain's latest departure among members. The set may also name one whose append failed; it is never later than
     * the real one, or it is above the head.
     */
    static Optional<Departure> latest(List<String> members, String domain, long head) {
        Optional<Departure> latest = Optional.empty();
        for (String member : members) {
            Optional<Departure> one = parse(member).filter(d -> d.domain.equals(domain) && d.until <= head);
            if (one.isPresent() && (latest.isEmpty() || one.get().until > latest.get().until)) {
                latest = one;
            }
        }
        return latest;
    }

    private static Optional<Departure> parse(String member) {
        String[] parts = member.split(" ");
        try {
            return parts.length == 3
                    ? Optional.of(new Departure(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2])))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
