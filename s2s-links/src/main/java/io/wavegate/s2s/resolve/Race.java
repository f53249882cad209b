package io.wavegate.s2s.resolve;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which address of one host to try, and when (RFC 8305 section 5): families take turns, IPv6 first; the next attempt begins
 * when the one before fails, or when it has not connected for the attempt delay. The first TCP connection stops all others;
 * if no stream comes of it, they go on with what was left.
 *
 * <p>A machine with mutable state and one owner.
 */
final class Race {
    private final RaceSettings settings;
    private final Set<InetAddress> offered = new HashSet<>();
    private final Deque<InetAddress> six = new ArrayDeque<>();
    private final Deque<InetAddress> four = new ArrayDeque<>();

    /** Stopped by another's connection: no failure was seen, so they come again after those never tried. */
    private final Deque<InetAddress> stopped = new ArrayDeque<>();

    private final Map<Integer, Flight> flights = new LinkedHashMap<>();
    private boolean sixIsNext = true;
    private int tried;
    private boolean alive;
    private long nextStartMillis = Long.MIN_VALUE;

    /**
     * An attempt under way.
     *
     * @param sinceMillis when it came as far as it is
     */
    record Flight(InetAddress address, long startedMillis, Progress progress, long sinceMillis) {}

    /** How far an attempt has come. */
    enum Progress {
        CONNECTING,
        CONNECTED,
        /** The other side's header came. */
        HEARD
    }

    Race(RaceSettings settings) {
        this.settings = settings;
    }

    /** Takes an address into the race; also while it is on. */
    void offer(InetAddress address) {
        if (offered.size() < 2 * settings.maximumAddresses() && offered.add(address)) {
            (address instanceof Inet6Address ? six : four).add(address);
        }
    }

    /** The address to connect to now, if one is due; the caller then calls {@link #started}. */
    Optional<InetAddress> next(long nowMillis) {
        boolean due = flights.isEmpty() || nowMillis >= nextStartMillis;
        return due && !isConnected() ? poll() : Optional.empty();
    }

    private Optional<InetAddress> poll() {
        if (tried < settings.maximumAddresses()) {
            Deque<InetAddress> first = sixIsNext ? six : four;
            Deque<InetAddress> queue = first.isEmpty() ? (sixIsNext ? four : six) : first;
            if (!queue.isEmpty()) {
                tried++;
                InetAddress address = queue.remove();
                sixIsNext = !(address instanceof Inet6Address);
                return Optional.of(address);
            }
        }
        return Optional.ofNullable(stopped.poll());
    }

    void started(int attempt, InetAddress address, long nowMillis) {
        flights.put(attempt, new Flight(address, nowMillis, Progress.CONNECTING, nowMillis));
        nextStartMillis = nowMillis + settings.attemptDelay().toMillis();
    }

    /**
     * The first connection is there.
     *
     * @return the attempts that lost; they are no longer part of the race
     */
    List<Integer> connected(int attempt, long nowMillis) {
        List<Integer> losers = new ArrayList<>(flights.keySet());
        losers.remove((Integer) attempt);
        for (Integer loser : losers) {
            Flight flight = flights.remove(loser);
            if (flight != null) {
                stopped.add(flight.address());
            }
        }
        progress(attempt, Progress.CONNECTED, nowMillis);
        return losers;
    }

    void heard(int attempt, long nowMillis) {
        alive = true;
        progress(attempt, Progress.HEARD, nowMillis);
    }

    private void progress(int attempt, Progress progress, long nowMillis) {
        flights.computeIfPresent(
                attempt, (number, flight) -> new Flight(flight.address(), flight.startedMillis(), progress, nowMillis));
    }

    /** Takes the attempt out of the race for good. */
    Optional<Flight> remove(int attempt) {
        return Optional.ofNullable(flights.remove(attempt));
    }

    /** The attempts under way, by number, the oldest first. */
    Map<Integer, Flight> flights() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(flights));
    }

    /** Attempts were made, and nobody who speaks XMPP has shown himself. */
    boolean isDead() {
        return tried > 0 && !alive;
    }

    boolean has(int attempt) {
        return flights.containsKey(attempt);
    }

    boolean isHeard() {
        return flights.values().stream().anyMatch(flight -> flight.progress() == Progress.HEARD);
    }

    private boolean isConnected() {
        return flights.values().stream().anyMatch(flight -> flight.progress() != Progress.CONNECTING);
    }

    private boolean hasMore() {
        return waiting() > 0;
    }

    /** How many addresses are still to be tried, as far as is known. */
    int waiting() {
        return stopped.size() + Math.min(settings.maximumAddresses() - tried, six.size() + four.size());
    }

    /** Nothing is under way, and nothing is left to try. */
    boolean isExhausted() {
        return flights.isEmpty() && !hasMore();
    }

    /** When {@link #next} may have something that it has not now. */
    long nextStartMillis() {
        return hasMore() && !isConnected() ? nextStartMillis : Long.MAX_VALUE;
    }
}
