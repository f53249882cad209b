package io.wavegate.s2s.resolve;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * One target while it is tried: its addresses looked up and raced. It has a share of the time that the dial has left, so
 * that targets that hang do not keep those behind them from their turn. A machine with mutable state and one owner.
 */
final class TargetTry {
    private final Target target;
    private final Race race;
    private final AddressLookup lookup;
    private final AddressPolicy policy;
    private final long connectMillis;
    private final long shareEndMillis;

    /**
     * @param connectMillis for one TCP connection
     * @param shareEndMillis when it has to have shown itself alive
     */
    TargetTry(Target target, RaceSettings settings, AddressPolicy policy, long connectMillis, long shareEndMillis) {
        this.connectMillis = connectMillis;
        this.target = target;
        this.race = new Race(settings);
        this.lookup = new AddressLookup(target, settings);
        this.policy = policy;
        this.shareEndMillis = shareEndMillis;
        target.addresses().forEach(race::offer);
    }

    Target target() {
        return target;
    }

    Race race() {
        return race;
    }

    List<DnsQuestion> questions() {
        return lookup.questions();
    }

    /**
     * Takes an answer.
     *
     * @return whether it was waited for
     */
    boolean answered(DnsQuestion question, DnsAnswer answer, long nowMillis) {
        if (!lookup.answered(question, answer, nowMillis)) {
            return false;
        }
        for (InetAddress address : AddressLookup.addresses(answer)) {
            if (refusal(address).isEmpty()) {
                race.offer(address);
            }
        }
        return true;
    }

    /** What DNS has not answered yet. */
    List<DnsQuestion> unanswered() {
        return lookup.unanswered();
    }

    /** Why an address that DNS led to is not connected to. */
    Optional<String> refusal(InetAddress address) {
        return policy.refusal(address);
    }

    Optional<InetAddress> next(long nowMillis) {
        return nowMillis >= lookup.mayRaceMillis() ? race.next(nowMillis) : Optional.empty();
    }

    boolean isExhausted() {
        return lookup.isComplete() && race.isExhausted();
    }

    /** It had its share of the time, and nobody who speaks XMPP has shown himself. */
    boolean isOverdue(long nowMillis) {
        return nowMillis >= shareEndMillis && !race.isHeard();
    }

    /**
     * When an attempt has to have come further. Whoever takes the connection and says nothing has no more than a share of
     * the time, so that the other addresses, also those that DNS has yet to tell, have their turn.
     */
    long overdueMillis(Race.Flight flight) {
        int others = race.waiting() + (lookup.isComplete() ? 0 : 1);
        return switch (flight.progress()) {
            case CONNECTING -> flight.sinceMillis() + connectMillis;
            case CONNECTED -> flight.sinceMillis() + (shareEndMillis - flight.sinceMillis()) / (others + 1);
            case HEARD -> Long.MAX_VALUE;
        };
    }

    /** When there may be something to do. */
    long nextWakeMillis() {
        long wake = race.isHeard() ? Long.MAX_VALUE : shareEndMillis;
        if (race.nextStartMillis() < Long.MAX_VALUE) {
            wake = Math.min(wake, Math.max(race.nextStartMillis(), lookup.mayRaceMillis()));
        }
        for (Race.Flight flight : race.flights().values()) {
            wake = Math.min(wake, overdueMillis(flight));
        }
        return wake;
    }
}
