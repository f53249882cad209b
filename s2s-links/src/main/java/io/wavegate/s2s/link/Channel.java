package io.wavegate.s2s.link;

import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.xml.XmlElement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongPredicate;
import java.util.function.Predicate;

/**
 * What goes out for one pair of domains: the stream we open for it (one direction per stream) and the stanzas that wait.
 * While a flush is under way the next batch gathers.
 */
final class Channel {
    private final int maxReplies;
    private final int maxBatch;
    private final CurrentStream current;
    private final Deque<XmlElement> waiting = new ArrayDeque<>();

    Channel(DomainPair pair, LinkSettings settings, Backoff backoff) {
        this.maxReplies = settings.maxReplies();
        this.maxBatch = settings.maxBatch();
        this.current = new CurrentStream(pair, new StreamTrust(settings.trustIdleFor()), backoff);
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
        if (!waiting.isEmpty() && current.ready(nowMillis, effects)) {
            current.send(takeBatch(), effects);
        }
    }

    private List<XmlElement> takeBatch() {
        List<XmlElement> batch = new ArrayList<>(Math.min(maxBatch, waiting.size()));
        while (batch.size() < maxBatch && !waiting.isEmpty()) {
            batch.add(waiting.remove());
        }
        return batch;
    }

    boolean isCheckDue() {
        return current.isDoubted();
    }

    /** Asks for the sign of life, ahead of what waits. */
    void check(XmlElement ping, List<LinkEffect> effects) {
        current.check(ping, effects);
    }

    /** Something that was sent on the stream was answered. */
    void answered(boolean ping, long nowMillis, List<LinkEffect> effects) {
        if (current.answered(ping, nowMillis)) {
            advance(nowMillis, effects);
        }
    }

    /** The sign of life did not come: what waits goes on a new stream. */
    void silent(long nowMillis, List<LinkEffect> effects) {
        if (current.silent(effects)) {
            advance(nowMillis, effects);
        }
    }

    void opened(LinkInput.StreamOpened opened, long nowMillis, List<LinkEffect> effects) {
        current.opened(opened, nowMillis, effects);
        advance(nowMillis, effects);
    }

    /** A stream was left by whoever had the link before. */
    void found(LinkInput.StreamFound found, long nowMillis, List<LinkEffect> effects) {
        current.found(found, nowMillis, effects);
        advance(nowMillis, effects);
    }

    /** The edge that has the stream will go. */
    void leaving(long stream, List<LinkEffect> effects) {
        current.leaving(stream, effects);
    }

    /**
     * What waited is lost; whose answers are awaited is the link's business.
     *
     * @return false if there is still a stream, which was to have a successor
     */
    boolean failed(long nowMillis) {
        if (current.failed(nowMillis)) {
            waiting.clear();
        }
        return !current.isOpen();
    }

    /** Closes what has a successor, once nothing is awaited on it. */
    void tick(LongPredicate awaited, long nowMillis, List<LinkEffect> effects) {
        current.tick(awaited, nowMillis, effects);
    }

    long nextWakeMillis() {
        return current.nextWakeMillis();
    }

    /** Everything that was to be sent is with a stream. */
    boolean isSettled() {
        return waiting.isEmpty();
    }

    void sent(long stream, long nowMillis, List<LinkEffect> effects) {
        if (current.sent(stream)) {
            advance(nowMillis, effects);
        }
    }

    /**
     * A stream has ended, of now or before; stanzas that were not given to it yet go to the next one, and before them the
     * answers of ours that it is known to have lost, and requests, unless with the stream all that is awaited fails.
     *
     * @param repeat whether a lost request is to be sent again
     * @return false if it was not the current stream
     */
    boolean ended(LinkInput.StreamEnded ended, Predicate<XmlElement> repeat, long nowMillis, List<LinkEffect> effects) {
        boolean wasCurrent = current.ended(ended.stream());
        boolean goesOn = !wasCurrent || CurrentStream.isClean(ended.end());
        List<XmlElement> lost = ended.unacknowledged();
        for (int i = lost.size() - 1; i >= 0; i--) {
            boolean reply = Replies.isReply(lost.get(i));
            if (reply ? waiting.size() < maxReplies : goesOn && repeat.test(lost.get(i))) {
                waiting.addFirst(lost.get(i));
            }
        }
        advance(nowMillis, effects);
        return wasCurrent;
    }

    /** When the stream will have been idle for so long; none if there is no stream, or it is used. */
    OptionalLong idleAtMillis(long idleTimeoutMillis) {
        OptionalLong since = waiting.isEmpty() ? current.quietSinceMillis() : OptionalLong.empty();
        return since.isPresent() ? OptionalLong.of(since.getAsLong() + idleTimeoutMillis) : since;
    }

    void close(List<LinkEffect> effects) {
        current.close(effects);
    }

    /** Whether asking for something on it would not dial at once again where it just failed. */
    boolean mayOpen(long nowMillis) {
        return current.mayOpen(nowMillis);
    }

    /** The next attempt may be at once. */
    void forgive() {
        current.forgive();
    }

    boolean isClosed() {
        return current.isGone() && waiting.isEmpty();
    }

    /** For views. */
    String describe() {
        return current.describe();
    }
}
