package io.wavegate.s2s.link;

import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.xml.XmlElement;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongPredicate;

/**
 * The one stream that carries what goes out for a pair of domains: when it is opened, whether it can take more now, and what
 * takes its place. What waits for it, and what becomes of that, is its owner's business.
 *
 * <pre>
 *   CLOSED ── something to send ──► OPENING ──► OPEN ── ended, given up ──► CLOSED; OPENING if a successor is on its way
 *      ▲                               └─ failed ─► CLOSED, not tried before its own backoff
 * </pre>
 *
 * <p>Before a stream that was idle for long carries more, {@link StreamTrust} wants a sign of life; when its edge leaves,
 * {@link Succession} replaces it.
 */
final class CurrentStream {
    private enum State {
        CLOSED,
        OPENING,
        OPEN
    }

    private final DomainPair pair;
    private final StreamTrust trust;
    private final Backoff backoff;
    private final Succession succession = new Succession();
    private State state = State.CLOSED;
    private long stream;
    private boolean flushing;
    private long lastUsedMillis;
    private long notBeforeMillis;

    /** @param backoff spaces attempts that fail */
    CurrentStream(DomainPair pair, StreamTrust trust, Backoff backoff) {
        this.pair = pair;
        this.trust = trust;
        this.backoff = backoff;
    }

    // ---- what goes out

    /**
     * Something is to be sent: a stream is opened if there is none, or none to trust.
     *
     * @return whether it can be sent now
     */
    boolean ready(long nowMillis, List<LinkEffect> effects) {
        if (state == State.OPEN && !flushing && !trust.use(lastUsedMillis, nowMillis)) {
            abandon(effects);
        }
        lastUsedMillis = nowMillis;
        open(effects);
        return state == State.OPEN && !flushing && trust.isTrusted();
    }

    /** Sends these; the next may go when {@link #sent} has been told. */
    void send(List<XmlElement> stanzas, List<LinkEffect> effects) {
        flushing = true;
        effects.add(new LinkEffect.Send(pair, stream, stanzas));
    }

    /** What was sent last on a stream is with the socket. @return whether that is this stream */
    boolean sent(long sentStream) {
        boolean current = isOpen(sentStream);
        flushing &= !current;
        return current;
    }

    // ---- signs of life

    /** Whether a sign of life is to be asked for before anything else is sent. */
    boolean isDoubted() {
        return trust.isDoubted();
    }

    boolean isAsked() {
        return trust.isAsked();
    }

    /** Asks for the sign of life, ahead of what waits. */
    void check(XmlElement ping, List<LinkEffect> effects) {
        trust.asked();
        send(List.of(ping), effects);
    }

    /**
     * Something that was sent on the stream was answered.
     *
     * @param ping it was the sign of life
     * @return whether something may have waited for that
     */
    boolean answered(boolean ping, long nowMillis) {
        lastUsedMillis = nowMillis;
        boolean waited = !trust.isTrusted();
        trust.answered(ping, nowMillis);
        return waited;
    }

    /** The sign of life did not come: the stream is given up. @return false if none was asked for */
    boolean silent(List<LinkEffect> effects) {
        boolean asked = trust.isAsked();
        if (asked) {
            trust.silent();
            abandon(effects);
        }
        return asked;
    }

    private void abandon(List<LinkEffect> effects) {
        effects.add(new LinkEffect.AbandonStream(pair, stream));
        closed();
    }

    // ---- beginning and end

    /** Opens a stream if there is none and none is being opened. */
    void open(List<LinkEffect> effects) {
        if (state == State.CLOSED) {
            state = State.OPENING;
            effects.add(new LinkEffect.OpenStream(pair));
        }
    }

    /** A stream that was asked for is open; it is closed again if none is wanted any more. */
    void opened(LinkInput.StreamOpened opened, long nowMillis, List<LinkEffect> effects) {
        if (state == State.OPEN && succession.isOpening()) {
            succession.opened(pair, stream, nowMillis, effects);
        } else if (state != State.OPENING) {
            effects.add(new LinkEffect.CloseStream(pair, opened.stream()));
            return;
        }
        use(opened, nowMillis);
        backoff.reset();
    }

    /** A stream was left by whoever had the link before. */
    void found(LinkInput.StreamFound found, long nowMillis, List<LinkEffect> effects) {
        if (state == State.OPEN) {
            effects.add(new LinkEffect.CloseStream(pair, found.stream()));
        } else {
            use(found.asOpened(), nowMillis);
        }
    }

    private void use(LinkInput.StreamOpened opened, long nowMillis) {
        state = State.OPEN;
        stream = opened.stream();
        // What is being written to a stream before this one stays with that, which writes it before its end.
        flushing = false;
        lastUsedMillis = trust.opened(opened, nowMillis);
    }

    /** An attempt to open a stream failed. @return whether what waits has no stream to wait for now */
    boolean failed(long nowMillis) {
        succession.end();
        boolean opening = state == State.OPENING;
        if (opening) {
            state = State.CLOSED;
            notBeforeMillis = nowMillis + backoff.nextDelayMillis();
        }
        return opening;
    }

    /** A stream has ended, of now or before. @return whether it was this one */
    boolean ended(long endedStream) {
        boolean current = isOpen(endedStream);
        succession.ended(endedStream);
        if (current) {
            closed();
        }
        return current;
    }

    /** Closes the stream, and the one that it has succeeded. */
    void close(List<LinkEffect> effects) {
        succession.closeRetired(pair, effects);
        if (state == State.OPEN) {
            effects.add(new LinkEffect.CloseStream(pair, stream));
            closed();
        }
    }

    private void closed() {
        state = succession.isOpening() ? State.OPENING : State.CLOSED;
        succession.end();
        flushing = false;
        trust.closed();
    }

    /** Whether after such an end of ours answers can still be expected: they come on the peer's own streams. */
    static boolean isClean(StreamEnd end) {
        return switch (end.reason()) {
            case IDLE, CLOSED_BY_REMOTE, CLOSED_BY_US, CERTIFICATE_EXPIRED -> true;
            default -> false;
        };
    }

    // ---- succession

    /** The edge that has a stream will go: if it is this one, another is opened in its place. */
    void leaving(long leavingStream, List<LinkEffect> effects) {
        if (isOpen(leavingStream) && succession.begin()) {
            effects.add(new LinkEffect.OpenStream(pair));
        }
    }

    /**
     * Closes the stream that has a successor, if it is time.
     *
     * @param awaited whether anything is awaited that was sent until then
     */
    void tick(LongPredicate awaited, long nowMillis, List<LinkEffect> effects) {
        succession.tick(pair, awaited, nowMillis, effects);
    }

    /** When {@link #tick} is due; {@link Long#MAX_VALUE} for never. */
    long nextWakeMillis() {
        return succession.nextWakeMillis();
    }

    // ---- backoff

    /** Whether asking for something on it would not dial at once again where it just failed. */
    boolean mayOpen(long nowMillis) {
        return state != State.CLOSED || nowMillis >= notBeforeMillis;
    }

    /** Before then no attempt is made by itself, after one that failed. */
    long notBeforeMillis() {
        return notBeforeMillis;
    }

    /** The next attempt may be at once. */
    void forgive() {
        notBeforeMillis = 0;
    }

    // ---- for those who look

    /** The stream's number; of meaning only while it is open. */
    long id() {
        return stream;
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    boolean isOpening() {
        return state == State.OPENING;
    }

    /** Neither is a stream open or being opened, nor one still to be closed. */
    boolean isGone() {
        return state == State.CLOSED && !succession.isRetiring();
    }

    private boolean isOpen(long candidate) {
        return state == State.OPEN && stream == candidate;
    }

    /** Since when nothing goes on on the open stream; none if something does, or it is not open. */
    OptionalLong quietSinceMillis() {
        boolean quiet = state == State.OPEN && !flushing && trust.isTrusted();
        return quiet ? OptionalLong.of(lastUsedMillis) : OptionalLong.empty();
    }

    /** For views. */
    String describe() {
        String word =
                switch (state) {
                    case CLOSED -> "closed";
                    case OPENING -> "opening";
                    case OPEN -> "open";
                };
        return pair.local() + " -> " + pair.remote() + " " + word;
    }
}
