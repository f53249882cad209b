package io.wavegate.load.sim.stream;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One end of a TCP connection: bytes in order or not at all, in pieces of any size, as many under way as the window takes.
 * What has arrived waits here until the node reads it, so that order outlives a node that hangs.
 */
final class SimSocket {
    private static final int WINDOW = 128 * 1024;
    private static final long RETRANSMISSION_MICROS = 400_000;
    private static final long RAREST_RETRANSMISSION_MICROS = 60_000_000;
    private static final byte[] END = new byte[0];
    private static final byte[] RESET = new byte[0];

    private final ByteNetwork network;
    private final Wire wire;
    private final Place place;
    private final Patience patience;
    private final SentAndTold out;
    private final SentAndTold in;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Deque<Piece> transit = new ArrayDeque<>();
    private final Deque<byte[]> arrived = new ArrayDeque<>();
    private @Nullable SimSocket peer;
    private @Nullable Owner owner;
    private boolean reading = true;
    private boolean readDue;
    private boolean closed;
    private boolean outputEnded;
    private boolean watched;
    private boolean unheard;
    private int due;
    private int underWay;
    private long lastArrival;

    /** Where an end is, and how long its TCP waits. */
    record Place(Loop loop, String domain, Patience patience) {}

    /**
     * Microseconds.
     *
     * @param untaken for the window to take what was written: the write time-out of the product
     * @param unheard for the other host to say that it has what was written: TCP's own, or what the product asks for (RFC 5482)
     */
    record Patience(long untaken, long unheard) {}

    /** What waits for the window. */
    @SuppressWarnings("ArrayRecordComponent") // made once, written once, never compared
    private record Waiting(byte[] bytes, Consumer<Boolean> taken, long since) {}

    /** On its way, or lost on it. */
    @SuppressWarnings("ArrayRecordComponent") // made once, delivered once, compared by identity alone
    private record Piece(byte[] bytes, long since) {}

    /** Whoever reads and writes here. */
    interface Owner {
        void read(byte[] bytes);

        /** There is room again. */
        void writable();

        /** The other side has ended the connection. */
        void closed();

        /** It is gone, for this reason. */
        void lost(String why);

        /** What was written is not taken, or not acknowledged by TCP, for long. */
        void timedOut();
    }

    SimSocket(ByteNetwork network, Wire wire, Place place, SentAndTold out, SentAndTold in) {
        this.network = network;
        this.wire = wire;
        this.place = place;
        this.patience = place.patience();
        this.out = out;
        this.in = in;
    }

    void connect(SimSocket other) {
        peer = other;
    }

    private SimSocket peer() {
        return Objects.requireNonNull(peer);
    }

    Place place() {
        return place;
    }

    /** Where the other end is. */
    Place other() {
        return peer().place;
    }

    SentAndTold out() {
        return out;
    }

    SentAndTold in() {
        return in;
    }

    boolean isClosed() {
        return closed;
    }

    boolean isWritable() {
        return waiting.isEmpty();
    }

    void own(Owner by) {
        owner = by;
        announce();
    }

    void read(boolean wanted) {
        reading = wanted;
        announce();
    }

    /** @param taken told whether the bytes went to the window, which may be never */
    void write(byte[] bytes, Consumer<Boolean> taken) {
        if (closed) {
            taken.accept(false);
            return;
        }
        network.trouble(wire);
        waiting.add(new Waiting(bytes, taken, place.loop().micros()));
        pump();
        watch();
    }

    /** @param taken told whether all that was written before went to the window, which may be never */
    void whenTaken(Consumer<Boolean> taken) {
        if (closed || waiting.isEmpty()) {
            taken.accept(!closed);
        } else {
            waiting.add(new Waiting(END, taken, place.loop().micros()));
        }
    }

    private void pump() {
        boolean waited = !waiting.isEmpty();
        while (!closed && !waiting.isEmpty() && underWay < WINDOW) {
            Waiting next = waiting.remove();
            if (next.bytes().length > 0) {
                underWay += next.bytes().length;
                send(next.bytes());
            }
            next.taken().accept(true);
        }
        if (waited && waiting.isEmpty() && !closed && owner != null) {
            owner.writable();
        }
    }

    // Cut anywhere, also within a character.
    private void send(byte[] bytes) {
        int from = 0;
        while (bytes.length - from > 1 && network.loop().chance(4) == 0) {
            int to = from + 1 + network.loop().chance(bytes.length - from - 1);
            depart(Arrays.copyOfRange(bytes, from, to));
            from = to;
        }
        depart(from == 0 ? bytes : Arrays.copyOfRange(bytes, from, bytes.length));
    }

    private void depart(byte[] piece) {
        long now = network.loop().micros();
        transit.add(new Piece(piece, now));
        lastArrival = Math.max(lastArrival, now + network.way());
        network.loop().after(lastArrival - now, this::deliver);
    }

    private void deliver() {
        due++;
        if (!unheard) {
            deliverDue(RETRANSMISSION_MICROS);
        }
    }

    /** What does not get through TCP says again, more and more rarely (RFC 6298 section 5.5), and what is behind it waits. */
    private void deliverDue(long pause) {
        unheard = false;
        while (due > 0 && !transit.isEmpty() && !wire.isSilent()) {
            if (network.isCut(place.domain(), peer().place.domain()) || peer().isGone()) {
                unheard = true;
                long next = Math.min(2 * pause, RAREST_RETRANSMISSION_MICROS);
                network.loop().after(pause, () -> deliverDue(next));
                return;
            }
            due--;
            peer().arrive(transit.remove().bytes());
        }
    }

    /** Its host does not answer at all. */
    private boolean isGone() {
        return place.loop().isOver() && !network.answersFor(this);
    }

    private void arrive(byte[] piece) {
        if (piece == RESET) {
            resetSoon("connection reset by peer");
        } else if (closed || place.loop().isOver()) {
            if (piece != END) {
                peer().resetSoon("connection reset by peer");
            }
        } else {
            arrived.add(piece);
            announce();
        }
    }

    private void announce() {
        if (!readDue && reading && owner != null && !arrived.isEmpty() && !closed) {
            readDue = true;
            place.loop().after(place.loop().between(1, 20), this::readArrived);
        }
    }

    private void readArrived() {
        readDue = false;
        Owner reader = Objects.requireNonNull(owner);
        while (reading && !closed && !arrived.isEmpty()) {
            byte[] piece = arrived.remove();
            if (piece == END) {
                gone();
                if (!outputEnded) {
                    depart(END);
                }
                reader.closed();
            } else {
                peer().readByPeer(piece.length);
                reader.read(piece);
            }
        }
    }

    private void readByPeer(int bytes) {
        underWay -= bytes;
        if (!waiting.isEmpty()) {
            network.loop().after(network.way(), () -> place.loop().after(1, this::pump));
        }
    }

    /** Our direction ends; what was taken by the window arrives before. */
    void endOutput() {
        if (!closed && !outputEnded) {
            outputEnded = true;
            depart(END);
        }
    }

    /** Ends the connection; what was taken by the window arrives before, unless we had not read everything. */
    void close() {
        if (!closed) {
            boolean unread = !arrived.isEmpty();
            gone();
            if (unread) {
                depart(RESET);
            } else if (!outputEnded) {
                depart(END);
            }
        }
    }

    /** Without a word. */
    void closeForcibly() {
        if (!closed) {
            gone();
            depart(RESET);
        }
    }

    private void gone() {
        closed = true;
        arrived.clear();
        while (!waiting.isEmpty()) {
            waiting.remove().taken().accept(false);
        }
    }

    /** Of what is on its way some arrives, perhaps half of a piece, and the rest never. */
    void cutShort() {
        Piece first = transit.peek();
        if (first != null && first.bytes().length > 1 && network.loop().chance(2) == 0) {
            peer().arrive(Arrays.copyOf(first.bytes(), 1 + network.loop().chance(first.bytes().length - 1)));
        }
        transit.clear();
    }

    void resetSoon(String why) {
        network.loop().after(network.loop().between(10, 200_000), () -> place.loop()
                .after(1, () -> lose(owner -> owner.lost(why))));
    }

    private void lose(Consumer<Owner> told) {
        if (!closed) {
            gone();
            if (owner != null) {
                told.accept(owner);
            }
        }
    }

    /** The node died: nobody reads any more, and nothing is written. */
    void die() {
        closed = true;
        arrived.clear();
        waiting.clear();
    }

    private void watch() {
        if (!watched && !closed) {
            watched = true;
            place.loop().after(patience.untaken(), this::look);
        }
    }

    private void look() {
        watched = false;
        Piece oldest = transit.peek();
        Waiting first = waiting.peek();
        if (closed || oldest == null && first == null) {
            return;
        }
        long now = place.loop().micros();
        if (first != null && now - first.since() >= patience.untaken()
                || oldest != null && now - oldest.since() >= patience.unheard()) {
            lose(Owner::timedOut);
        } else {
            watch();
        }
    }

    /** Nobody is there to hear what is written here, or to write what is read. */
    boolean isAlone() {
        return !closed && !place.loop().isOver() && (wire.isSilent() || peer().closed);
    }
}
