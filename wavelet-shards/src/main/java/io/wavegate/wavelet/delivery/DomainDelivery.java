package io.wavegate.wavelet.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far one remote domain has been told of one hosted wavelet. The wavelet's history is the queue: this holds only
 * positions in it.
 *
 * <p>A receipt means "handled, and every gap before it filled" (spec 3.2), so the receipt of the newest delta alone is
 * as good as all of them. Where receipts stay out (the reference gives none for duplicates), the newest delta is offered
 * instead of the same run again.
 *
 * @param acked the domain has handled everything below this version
 * @param newestAt where the newest delta that it is to be told applied at
 * @param target the version after that delta
 * @param leaving the target is the delta that removed the domain's last participant: nothing after it is told (spec 7.4)
 * @param flights updates under way, in order, contiguous
 * @param preparing the deltas of the next update are being read
 * @param run counts failures and resumptions; what was under way in an earlier run is forgotten, its receipts too
 * @param failures how often in a row an update was not acknowledged
 * @param retryAtMillis nothing is sent before, if paused
 * @param mark whether the wavelet is in the domain's durable set
 */
public record DomainDelivery(
        long acked,
        long newestAt,
        long target,
        boolean leaving,
        List<Flight> flights,
        boolean preparing,
        int run,
        int failures,
        OptionalLong retryAtMillis,
        BehindMark mark) {
    public DomainDelivery {
        flights = List.copyOf(flights);
    }

    /** A domain that has just been added by the delta that applied at a version: it is told that one first (spec 7.4). */
    public static DomainDelivery joined(long addedAt) {
        return new DomainDelivery(
                addedAt, addedAt, addedAt, false, List.of(), false, 0, 0, OptionalLong.empty(), BehindMark.ABSENT);
    }

    /**
     * After a restart.
     *
     * @param hint how far it had acknowledged, if that was kept; else the newest delta is offered, once
     */
    public static DomainDelivery restored(OptionalLong hint, long newestAt, long target, boolean leaving) {
        long acked = Math.min(hint.orElse(newestAt), target);
        BehindMark mark = acked == target ? BehindMark.ABSENT : BehindMark.UNKNOWN;
        return new DomainDelivery(acked, newestAt, target, leaving, List.of(), false, 0, 0, OptionalLong.empty(), mark);
    }

    /** A new durable delta that the domain is to be told; {@code last} if it removes the domain. */
    public DomainDelivery tell(long appliedAt, long until, boolean last) {
        // Where all tries were used up, a new delta is worth another.
        OptionalLong retry = givenUp() ? OptionalLong.of(0) : retryAtMillis;
        return new DomainDelivery(acked, appliedAt, until, last, flights, preparing, run, failures, retry, mark);
    }

    /** The deltas to send now, if any. Call {@link #withPreparing} before reading them. */
    public Optional<NextUpdate> next(DeliveryLimits limits, long nowMillis) {
        boolean paused = retryAtMillis.isPresent() && nowMillis < retryAtMillis.getAsLong();
        if (preparing
                || paused
                || flights.size() >= limits.windowUpdates()
                || bytesUnderWay() >= limits.windowBytes()) {
            return Optional.empty();
        }
        // While it is unsure that receipts come at all, one delta is enough to find out.
        if (failures > 1 && !flights.isEmpty()) {
            return Optional.empty();
        }
        long from = flights.isEmpty() ? acked : flights.get(flights.size() - 1).until();
        if (failures > 1) {
            from = Math.max(from, newestAt);
        }
        return from < target ? Optional.of(new NextUpdate(from, target, limits.updateBytes())) : Optional.empty();
    }

    /** The deltas of the next update are being read. */
    public DomainDelivery withPreparing() {
        return new DomainDelivery(acked, newestAt, target, leaving, flights, true, run, failures, retryAtMillis, mark);
    }

    /** An update has been handed to the link. */
    public DomainDelivery sent(int inRun, long from, long until, long bytes) {
        if (inRun != run) {
            return this;
        }
        List<Flight> more = new ArrayList<>(flights);
        more.add(new Flight(from, until, bytes));
        return new DomainDelivery(
                acked, newestAt, target, leaving, more, false, run, failures, OptionalLong.empty(), mark);
    }

    /**
     * The receipt of an update. It says that every gap before it is filled too, so it counts for all that were sent before:
     * of those the receipt may be lost, and then the reference never gives another (spec 3.2).
     */
    public DomainDelivery receipt(int inRun, long from) {
        Optional<Flight> received = flight(inRun, from);
        if (received.isEmpty()) {
            return this;
        }
        List<Flight> open =
                flights.stream().filter(flight -> flight.from() > from).toList();
        return new DomainDelivery(
                received.get().until(), newestAt, target, leaving, open, preparing, run, 0, OptionalLong.empty(), mark);
    }

    private Optional<Flight> flight(int inRun, long from) {
        return flights.stream()
                .filter(flight -> inRun == run && flight.from() == from)
                .findFirst();
    }

    /** An update got no receipt; nothing to it if a later one did. */
    public DomainDelivery unanswered(int inRun, long from, DeliveryLimits limits, long nowMillis) {
        return flight(inRun, from).isPresent() ? failed(inRun, limits, nowMillis) : this;
    }

    /** An update cannot be made, or got no receipt: all under way is forgotten, and a pause begins. */
    public DomainDelivery failed(int inRun, DeliveryLimits limits, long nowMillis) {
        if (inRun != run) {
            return this;
        }
        int more = failures + 1;
        long retryAt = more > limits.retries() ? Long.MAX_VALUE : nowMillis + limits.pauseMillis(more);
        return new DomainDelivery(
                acked, newestAt, target, leaving, List.of(), false, run + 1, more, OptionalLong.of(retryAt), mark);
    }

    /**
     * The domain answers again: goes on at once, after one failure from what was acknowledged, after more with the newest
     * delta. If all tries were used up there is one more. The mark is looked after again, because it may be what led here.
     */
    public DomainDelivery reachable(DeliveryLimits limits) {
        BehindMark now = mark == BehindMark.ABSENT ? BehindMark.UNKNOWN : mark;
        if (retryAtMillis.isEmpty()) {
            return withMark(now);
        }
        return new DomainDelivery(
                acked,
                newestAt,
                target,
                leaving,
                List.of(),
                false,
                run + 1,
                Math.min(failures, limits.retries()),
                OptionalLong.empty(),
                now);
    }

    /** With the durable mark set or removed. */
    public DomainDelivery withMark(BehindMark now) {
        return new DomainDelivery(
                acked, newestAt, target, leaving, flights, preparing, run, failures, retryAtMillis, now);
    }

    /** True if there is nothing left to tell. */
    public boolean complete() {
        return acked >= target;
    }

    /** True if this needs no more looking after until something new happens. */
    public boolean atRest() {
        return complete() ? mark == BehindMark.ABSENT : givenUp();
    }

    private boolean givenUp() {
        return retryAtMillis.isPresent() && retryAtMillis.getAsLong() == Long.MAX_VALUE;
    }

    private long bytesUnderWay() {
        return flights.stream().mapToLong(Flight::bytes).sum();
    }
}
