package io.wavegate.s2s.link;

import io.wavegate.s2s.api.LinkView;
import io.wavegate.s2s.stanza.ErrorCondition;
import io.wavegate.s2s.stanza.StanzaError;
import io.wavegate.s2s.stream.AfterStreamError;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.Unsent;
import io.wavegate.s2s.xml.XmlElement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A link of a component: stanzas that are none of Wave's go to one other domain, in order, and each batch of them is either
 * with the socket or its sender is told why not. Nothing is kept: what cannot go now is bounced, within a bounded time.
 *
 * <pre>
 *   CLOSED ── stanzas ──► OPENING ──► OPEN ── ended ──► CLOSED, what was not written goes to a new stream
 *      ▲                     └─ failed: all bounced ─► CLOSED, and for a while whatever comes is bounced at once
 * </pre>
 *
 * <p>What was being written when a stream broke may have arrived; its sender is told so, since silence would be worse.
 */
public final class RelayState {
    private enum State {
        CLOSED,
        OPENING,
        OPEN
    }

    private final DomainPair pair;
    private final RelaySettings settings;
    private final Backoff backoff;
    private final Deque<Batch> waiting = new ArrayDeque<>();
    private final List<Batch> flushing = new ArrayList<>();
    private State state = State.CLOSED;
    private long stream;
    private long waitingBytes;
    private long lastUsedMillis;
    private long sinceMillis;
    private long notBeforeMillis;
    private RelayOutcome lastFailure = RelayOutcome.SENT;
    private long lastFailureMillis;
    private long sent;
    private long bounced;
    private long overloaded;

    private record Batch(long token, List<XmlElement> stanzas, long bytes, long deadlineMillis) {}

    /**
     * @param pair the component's name and the other domain
     * @param nowMillis the time at which it begins
     */
    public RelayState(DomainPair pair, RelaySettings settings, RandomGenerator random, long nowMillis) {
        this.pair = pair;
        this.settings = settings;
        this.backoff =
                new Backoff(settings.retryBase().toMillis(), settings.retryMax().toMillis(), random);
        this.lastUsedMillis = nowMillis;
        this.sinceMillis = nowMillis;
    }

    /** Takes one input at a time that never goes backwards. */
    public List<LinkEffect> handle(LinkInput input, long nowMillis) {
        List<LinkEffect> effects = new ArrayList<>(2);
        if (input instanceof LinkInput.Relay relay) {
            relay(relay, nowMillis, effects);
        } else if (input instanceof LinkInput.Sent && state == State.OPEN) {
            finish(flushing, RelayOutcome.SENT, effects);
            advance(nowMillis, effects);
        } else if (input instanceof LinkInput.StreamOpened opened) {
            opened(opened.stream(), nowMillis, effects);
        } else if (input instanceof LinkInput.StreamFailed failed) {
            failed(failed.end(), nowMillis, effects);
        } else if (input instanceof LinkInput.StreamEnded ended) {
            ended(ended, nowMillis, effects);
        } else if (input instanceof LinkInput.TooLarge tooLarge) {
            tooLarge(tooLarge.unsent(), effects);
        } else if (input instanceof LinkInput.Heard
                || input instanceof LinkInput.WayBack
                || input instanceof LinkInput.RetryNow) {
            notBeforeMillis = 0;
        } else if (input instanceof LinkInput.CloseStreams) {
            closeStream(nowMillis, effects);
        } else if (input instanceof LinkInput.Tick) {
            tick(nowMillis, effects);
        }
        return effects;
    }

    private void relay(LinkInput.Relay relay, long nowMillis, List<LinkEffect> effects) {
        int count = relay.stanzas().size();
        if (state == State.CLOSED && nowMillis < notBeforeMillis) {
            bounced += count;
            effects.add(new LinkEffect.Relayed(relay.token(), lastFailure));
        } else if (waitingBytes > 0 && waitingBytes + relay.bytes() > settings.queueBytes()) {
            overloaded += count;
            effects.add(new LinkEffect.Relayed(
                    relay.token(),
                    RelayOutcome.failed(
                            ErrorCondition.RESOURCE_CONSTRAINT,
                            "Too much waits to be sent to " + pair.remote() + ". Send it again later.")));
        } else {
            waiting.add(new Batch(
                    relay.token(),
                    relay.stanzas(),
                    relay.bytes(),
                    nowMillis + settings.waitTimeout().toMillis()));
            waitingBytes += relay.bytes();
            advance(nowMillis, effects);
        }
    }

    private void advance(long nowMillis, List<LinkEffect> effects) {
        if (waiting.isEmpty()) {
            return;
        }
        lastUsedMillis = nowMillis;
        if (state == State.CLOSED) {
            change(State.OPENING, nowMillis);
            effects.add(new LinkEffect.OpenStream(pair));
        } else if (state == State.OPEN && flushing.isEmpty()) {
            flush(effects);
        }
    }

    private void flush(List<LinkEffect> effects) {
        List<XmlElement> stanzas = new ArrayList<>();
        while (!waiting.isEmpty() && (stanzas.isEmpty() || stanzas.size() < settings.maxBatch())) {
            Batch batch = waiting.remove();
            stanzas.addAll(batch.stanzas());
            flushing.add(batch);
        }
        effects.add(new LinkEffect.Send(pair, stream, stanzas));
    }

    private void finish(List<Batch> batches, RelayOutcome outcome, List<LinkEffect> effects) {
        for (Batch batch : batches) {
            waitingBytes -= batch.bytes();
            if (outcome.error().isEmpty()) {
                sent += batch.stanzas().size();
            } else {
                bounced += batch.stanzas().size();
            }
            effects.add(new LinkEffect.Relayed(batch.token(), outcome));
        }
        batches.clear();
    }

    private void opened(long openedStream, long nowMillis, List<LinkEffect> effects) {
        if (state != State.OPENING) {
            effects.add(new LinkEffect.CloseStream(pair, openedStream));
            return;
        }
        change(State.OPEN, nowMillis);
        stream = openedStream;
        lastUsedMillis = nowMillis;
        backoff.reset();
        advance(nowMillis, effects);
    }

    private void failed(StreamEnd end, long nowMillis, List<LinkEffect> effects) {
        if (state == State.OPENING) {
            change(State.CLOSED, nowMillis);
            notBeforeMillis = nowMillis + backoff.nextDelayMillis();
            fault(unreachable(end), nowMillis);
            bounceAll(lastFailure, effects);
        }
    }

    private void ended(LinkInput.StreamEnded ended, long nowMillis, List<LinkEffect> effects) {
        if (state != State.OPEN || ended.stream() != stream) {
            return;
        }
        change(State.CLOSED, nowMillis);
        if (!Channel.isClean(ended.end())) {
            fault(unreachable(ended.end()), nowMillis);
        }
        RelayOutcome doubt = RelayOutcome.failed(
                ErrorCondition.REMOTE_SERVER_TIMEOUT,
                "The stream to " + pair.remote() + " ended while this was being sent; it may have arrived.");
        List<XmlElement> lost = new ArrayList<>(ended.unacknowledged());
        flushing.forEach(batch -> lost.removeAll(batch.stanzas()));
        bounce(lost, "The stream ended before " + pair.remote() + " acknowledged this; it may have arrived.", effects);
        finish(flushing, doubt, effects);
        advance(nowMillis, effects);
    }

    private void bounce(List<XmlElement> stanzas, String text, List<LinkEffect> effects) {
        if (!stanzas.isEmpty()) {
            bounced += stanzas.size();
            effects.add(new LinkEffect.Bounce(stanzas, StanzaError.of(ErrorCondition.REMOTE_SERVER_TIMEOUT, text)));
        }
    }

    /** XEP-0478: not sent, and its sender gets policy-violation. */
    private void tooLarge(Unsent unsent, List<LinkEffect> effects) {
        bounced += unsent.stanzas().size();
        effects.add(new LinkEffect.Bounce(
                unsent.stanzas(),
                StanzaError.of(
                        ErrorCondition.POLICY_VIOLATION,
                        pair.remote() + " takes no stanza of more than " + unsent.maxBytes() + " bytes.")));
    }

    private RelayOutcome unreachable(StreamEnd end) {
        // Spec 2.4: who does not exist, or does not serve the domain, is not found; all else may work later.
        boolean unknown = AfterStreamError.of(end) == AfterStreamError.NOT_SERVED;
        ErrorCondition condition = unknown || end.reason() == StreamEnd.Reason.REMOTE_NOT_FOUND
                ? ErrorCondition.REMOTE_SERVER_NOT_FOUND
                : ErrorCondition.REMOTE_SERVER_TIMEOUT;
        return RelayOutcome.failed(condition, end.label() + ": " + end.text());
    }

    private void fault(RelayOutcome failure, long nowMillis) {
        lastFailure = failure;
        lastFailureMillis = nowMillis;
    }

    private void bounceAll(RelayOutcome outcome, List<LinkEffect> effects) {
        List<Batch> all = new ArrayList<>(waiting);
        waiting.clear();
        finish(all, outcome, effects);
    }

    private void tick(long nowMillis, List<LinkEffect> effects) {
        RelayOutcome late = RelayOutcome.failed(
                ErrorCondition.REMOTE_SERVER_TIMEOUT,
                pair.remote() + " took nothing for " + settings.waitTimeout().toSeconds() + " s.");
        List<Batch> over = new ArrayList<>();
        while (!waiting.isEmpty() && waiting.peek().deadlineMillis() <= nowMillis) {
            over.add(waiting.remove());
        }
        finish(over, late, effects);
        if (isIdle() && lastUsedMillis + settings.idleTimeout().toMillis() <= nowMillis) {
            closeStream(nowMillis, effects);
        }
    }

    /** What is with the stream already still goes out before its end. */
    private void closeStream(long nowMillis, List<LinkEffect> effects) {
        if (state == State.OPEN) {
            change(State.CLOSED, nowMillis);
            effects.add(new LinkEffect.CloseStream(pair, stream));
            finish(flushing, RelayOutcome.SENT, effects);
            advance(nowMillis, effects);
        }
    }

    private boolean isIdle() {
        return state == State.OPEN && waiting.isEmpty() && flushing.isEmpty();
    }

    private void change(State to, long nowMillis) {
        state = to;
        sinceMillis = nowMillis;
    }

    /** When {@link LinkInput.Tick} is due; {@link Long#MAX_VALUE} for never. */
    public long nextWakeMillis() {
        return isIdle()
                ? lastUsedMillis + settings.idleTimeout().toMillis()
                : waiting.isEmpty() ? Long.MAX_VALUE : waiting.peek().deadlineMillis();
    }

    /** Nothing is open or waits: the link may be forgotten. */
    public boolean isQuiescent() {
        return state == State.CLOSED && waiting.isEmpty();
    }

    /** Ends the link: every sender is told, the stream is closed cleanly. */
    public List<LinkEffect> end() {
        List<LinkEffect> effects = new ArrayList<>();
        RelayOutcome stopping =
                RelayOutcome.failed(ErrorCondition.REMOTE_SERVER_TIMEOUT, "This node is stopping the link.");
        finish(flushing, stopping, effects);
        bounceAll(stopping, effects);
        if (state == State.OPEN) {
            effects.add(new LinkEffect.CloseStream(pair, stream));
        }
        state = State.CLOSED;
        return effects;
    }

    /** For operators. */
    public LinkView view(long nowMillis) {
        boolean down = state == State.CLOSED && nowMillis < notBeforeMillis;
        String phase = state == State.OPEN ? "up" : state == State.OPENING ? "discovering" : down ? "down" : "idle";
        return new LinkView(
                pair.local(),
                pair.remote(),
                phase,
                sinceMillis,
                "",
                lastFailure.error().map(error -> error.text()).orElse(""),
                lastFailureMillis,
                0,
                false,
                waiting.size() + flushing.size(),
                waitingBytes,
                state == State.CLOSED ? List.of() : List.of(pair.local() + " -> " + pair.remote() + " relay"),
                List.of(),
                new LinkView.Counters(sent, 0, bounced, overloaded, 0, 0));
    }
}
