package io.wavegate.s2s.link;

import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.xml.XmlElement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;

/**
 * What goes out for one pair of domains: the stream we open for it (one direction per stream) and the stanzas that wait.
 * While a flush is under way the next batch gathers.
 *
 * <pre>
 *   CLOSED ── something to send ──► OPENING ──► OPEN ── ended ──► CLOSED
 *      ▲                               └─ failed ─► CLOSED, not tried before its own backoff
 * </pre>
 *
 * <p>Before a stream that was idle for long carries more, {@link StreamTrust} wants a sign of life.
 */
final class Channel {
    private enum State {
        CLOSED,
        OPENING,
        OPEN
    }

    private final DomainPair pair;
    private final int maxReplies;
    private final int maxBatch;
    private final StreamTrust trust;
    private final Backoff backoff;
    private final Succession succession = new Succession();
    private final Deque<XmlElement> waiting = new ArrayDeque<>();
    private State state = State.CLOSED;
    private long stream;
    private boolean flushing;
    private long lastUsedMillis;
    private long notBeforeMillis;

    Channel(DomainPair pair, LinkSettings settings, Backoff backoff) {
        this.pair = pair;
        this.maxReplies = settings.maxReplies();
        this.maxBatch = settings.maxBatch();
        this.trust = new StreamTrust(settings.trustIdleFor());
        this.backoff = backoff;
    }

    /** Queues a request; how many there are is bounded by {@link Outstanding}. */
    void request(XmlElement stanza, long nowMillis, List<LinkEffect> effects) {
        waiting.add(stanza);
        advance(nowMillis, effects);
    }

    /**
     * Queues an answer of ours.
     *
     * @return false if it was dropped: the peer takes nothing, and asking again is its right
     */
    boolean reply(XmlElement stanza, long nowMillis, List<LinkEffect> effects) {
        if (!mayOpen(nowMillis) || waiting.size() >= maxReplies) {
            return false;
        }
        waiting.add(stanza);
        advance(nowMillis, effects);
        return true;
    }

    private void advance(long nowMillis, List<LinkEffect> effects) {
        if (waiting.isEmpty()) {
            return;
        }
        if (state == State.OPEN && !flushing && !trust.use(lastUsedMillis, nowMillis)) {
            abandon(effects);
        }
        lastUsedMillis = nowMillis;
        if (state == State.CLOSED) {
            state = State.OPENING;
            effects.add(new LinkEffect.OpenStream(pair));
        } else if (state == State.OPEN && !flushing && trust.isTrusted()) {
            flush(effects);
        }
    }

    boolean isCheckDue() {
        return trust.isDoubted();
    }

    /** Asks for the sign of life, ahead of what waits. */
    void check(XmlElement ping, List<LinkEffect> effects) {
        trust.asked();
        flushing = true;
        effects.add(new LinkEffect.Send(pair, stream, List.of(ping)));
    }

    /** Something that was sent on the stream was answered. */
    void answered(boolean ping, long nowMillis, List<LinkEffect> effects) {
        lastUsedMillis = nowMillis;
        boolean waited = !trust.isTrusted();
        trust.answered(ping, nowMillis);
        if (waited) {
            advance(nowMillis, effects);
        }
    }

    /** The sign of life did not come: what waits goes on a new stream. */
    void silent(long nowMillis, List<LinkEffect> effects) {
        if (trust.isAsked()) {
            trust.silent();
            abandon(effects);
            advance(nowMillis, effects);
        }
    }

    private void abandon(List<LinkEffect> effects) {
        effects.add(new LinkEffect.AbandonStream(pair, stream));
        closed();
    }

    private void closed() {
        state = succession.isOpening() ? State.OPENING : State.CLOSED;
        succession.end();
        flushing = false;
        trust.closed();
    }

    private void flush(List<LinkEffect> effects) {
        List<XmlElement> batch = new ArrayList<>(Math.min(maxBatch, waiting.size()));
        while (batch.size() < maxBatch && !waiting.isEmpty()) {
            batch.add(waiting.remove());
        }
        flushing = true;
        effects.add(new LinkEffect.Send(pair, stream, batch));
    }

    void opened(LinkInput.StreamOpened opened, long nowMillis, List<LinkEffect> effects) {
        if (state == State.OPEN && succession.isOpening()) {
            succession.opened(pair, stream, nowMillis, effects);
        } else if (state != State.OPENING) {
            effects.add(new LinkEffect.CloseStream(pair, opened.stream()));
            return;
        }
        use(opened, nowMillis, effects);
        backoff.reset();
    }

    /** A stream was left by whoever had the link before. */
    void found(LinkInput.StreamFound found, long nowMillis, List<LinkEffect> effects) {
        if (state == State.OPEN) {
            effects.add(new LinkEffect.CloseStream(pair, found.stream()));
        } else {
            use(found.asOpened(), nowMillis, effects);
        }
    }

    private void use(LinkInput.StreamOpened opened, long nowMillis, List<LinkEffect> effects) {
        state = State.OPEN;
        stream = opened.stream();
        flushing = false;
        lastUsedMillis = trust.opened(opened, nowMillis);
        advance(nowMillis, effects);
    }

    /** The edge that has the stream will go. */
    void leaving(long leavingStream, List<LinkEffect> effects) {
        if (isOpen(leavingStream) && succession.begin()) {
            effects.add(new LinkEffect.OpenStream(pair));
        }
    }

    /**
     * What waited is lost; whose answers are awaited is the link's business.
     *
     * @return false if there is still a stream, which was to have a successor
     */
    boolean failed(long nowMillis) {
        succession.end();
        if (state == State.OPENING) {
            state = State.CLOSED;
            notBeforeMillis = nowMillis + backoff.nextDelayMillis();
            waiting.clear();
        }
        return state != State.OPEN;
    }

    /** Closes what has a successor, once nothing is awaited on it. */
    void tick(LongPredicate awaited, long nowMillis, List<LinkEffect> effects) {
        succession.tick(pair, awaited, nowMillis, effects);
    }

    long nextWakeMillis() {
        return succession.nextWakeMillis();
    }

    /** Everything that was to be sent is with a stream. */
    boolean isSettled() {
        return waiting.isEmpty();
    }

    void sent(long sentStream, long nowMillis, List<LinkEffect> effects) {
        if (isOpen(sentStream)) {
            flushing = false;
            advance(nowMillis, effects);
        }
    }

    /**
     * A stream has ended, of now or before; stanzas that were not given to it yet go to the next one, and before them the
     * answers of ours that it is known to have lost. Requests that it lost are asked again by who asked them.
     *
     * @return false if it was not the current stream
     */
    boolean ended(LinkInput.StreamEnded ended, long nowMillis, List<LinkEffect> effects) {
        boolean current = isOpen(ended.stream());
        succession.ended(ended.stream());
        if (current) {
            closed();
        }
        List<XmlElement> again =
                ended.unacknowledged().stream().filter(Replies::isReply).toList();
        for (int i = again.size() - 1; i >= 0 && waiting.size() < maxReplies; i--) {
            waiting.addFirst(again.get(i));
        }
        advance(nowMillis, effects);
        return current;
    }

    /** When the stream will have been idle for so long; none if there is no stream. */
    Optional<Long> idleAtMillis(long idleTimeoutMillis) {
        boolean quiet = state == State.OPEN && waiting.isEmpty() && !flushing;
        return quiet ? Optional.of(lastUsedMillis + idleTimeoutMillis) : Optional.empty();
    }

    void close(List<LinkEffect> effects) {
        succession.closeRetired(pair, effects);
        if (state == State.OPEN) {
            effects.add(new LinkEffect.CloseStream(pair, stream));
            closed();
        }
    }

    /** Whether asking for something on it would not dial at once again where it just failed. */
    boolean mayOpen(long nowMillis) {
        return state != State.CLOSED || nowMillis >= notBeforeMillis;
    }

    /** The next attempt may be at once. */
    void forgive() {
        notBeforeMillis = 0;
    }

    boolean isClosed() {
        return state == State.CLOSED && waiting.isEmpty() && !succession.isRetiring();
    }

    private boolean isOpen(long candidate) {
        return state == State.OPEN && stream == candidate;
    }

    /** Whether after such an end of ours answers can still be expected: they come on the peer's own streams. */
    static boolean isClean(StreamEnd end) {
        return switch (end.reason()) {
            case IDLE, CLOSED_BY_REMOTE, CLOSED_BY_US, CERTIFICATE_EXPIRED -> true;
            default -> false;
        };
    }

    /** For views. */
    String describe() {
        return pair.local() + " -> " + pair.remote() + " "
                + (state == State.OPEN ? "open" : state == State.OPENING ? "opening" : "closed");
    }
}
