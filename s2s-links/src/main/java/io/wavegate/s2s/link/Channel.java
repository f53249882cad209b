package io.wavegate.s2s.link;

import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.xml.XmlElement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

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
        state = State.CLOSED;
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
        if (state != State.OPENING) {
            effects.add(new LinkEffect.CloseStream(pair, opened.stream()));
            return;
        }
        state = State.OPEN;
        stream = opened.stream();
        flushing = false;
        lastUsedMillis = trust.opened(opened, nowMillis);
        backoff.reset();
        advance(nowMillis, effects);
    }

    /** What waited is lost; whose answers are awaited is the link's business. */
    void failed(long nowMillis) {
        if (state == State.OPENING) {
            state = State.CLOSED;
            notBeforeMillis = nowMillis + backoff.nextDelayMillis();
            waiting.clear();
        }
    }

    void sent(long sentStream, long nowMillis, List<LinkEffect> effects) {
        if (isOpen(sentStream)) {
            flushing = false;
            advance(nowMillis, effects);
        }
    }

    /**
     * The stream has ended; stanzas that were not given to it yet go to the next one, and before them the answers of ours
     * that it is known to have lost. Requests that it lost are asked again by who asked them.
     *
     * @return false if it was not the current stream
     */
    boolean ended(LinkInput.StreamEnded ended, long nowMillis, List<LinkEffect> effects) {
        if (!isOpen(ended.stream())) {
            return false;
        }
        closed();
        List<XmlElement> again =
                ended.unacknowledged().stream().filter(Replies::isReply).toList();
        for (int i = again.size() - 1; i >= 0 && waiting.size() < maxReplies; i--) {
            waiting.addFirst(again.get(i));
        }
        advance(nowMillis, effects);
        return true;
    }

    /** When the stream will have been idle for so long; none if there is no stream. */
    Optional<Long> idleAtMillis(long idleTimeoutMillis) {
        boolean quiet = state == State.OPEN && waiting.isEmpty() && !flushing;
        return quiet ? Optional.of(lastUsedMillis + idleTimeoutMillis) : Optional.empty();
    }

    void close(List<LinkEffect> effects) {
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
        return state == State.CLOSED && waiting.isEmpty();
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
