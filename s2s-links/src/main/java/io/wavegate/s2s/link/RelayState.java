package io.wavegate.s2s.link;

import io.wavegate.s2s.api.LinkView;
import io.wavegate.s2s.stanza.ErrorCondition;
import io.wavegate.s2s.stanza.StanzaError;
import io.wavegate.s2s.stream.AfterStreamError;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.Unsent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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
 * <p>What was being written when a stream broke may have arrived; its sender is told so, since silence would be worse. So is
 * the sender of what a peer that acknowledges (XEP-0198) had not acknowledged when a stream ended, whoever ended it and how,
 * and whether or not it was still in use. Before a stream that was idle for long carries more, {@link StreamTrust} wants a sign
 * of life; what waits for that goes to a new stream if there is none.
 */
public final class RelayState implements LinkCore {
    private static final LinkPhase UP = new LinkPhase.Up("");

    private final DomainPair pair;
    private final RelaySettings settings;
    private final IdSource ids;
    private final CurrentStream current;
    private final RelayQueue queue = new RelayQueue();
    private final LinkTrace trace = new LinkTrace();
    private final Phases phases;
    private RelayOutcome lastFailure = RelayOutcome.SENT;
    private String pingId = "";
    private long pingDeadlineMillis;

    /**
     * @param pair the component's name and the other domain
     * @param ids makes those of questions for a sign of life
     * @param nowMillis the time at which it begins
     */
    public RelayState(DomainPair pair, RelaySettings settings, IdSource ids, RandomGenerator random, long nowMillis) {
        this.pair = pair;
        this.settings = settings;
        this.ids = ids;
        this.current = new CurrentStream(
                pair,
                new StreamTrust(settings.trustIdleFor()),
                new Backoff(settings.retryBase().toMillis(), settings.retryMax().toMillis(), random));
        this.phases = new Phases(nowMillis);
    }

    @Override
    public List<LinkEffect> handle(LinkInput input, long nowMillis) {
        List<LinkEffect> effects = new ArrayList<>(2);
        if (input instanceof LinkInput.Relay relay) {
            relay(relay, nowMillis, effects);
        } else if (input instanceof LinkInput.Sent sent) {
            sent(sent, nowMillis, effects);
        } else if (input instanceof LinkInput.Answer answer) {
            answered(answer, nowMillis, effects);
        } else if (input instanceof LinkInput.StreamOpened opened) {
            current.opened(opened, nowMillis, effects);
            advance(nowMillis, effects);
        } else if (input instanceof LinkInput.StreamFound found) {
            current.found(found, nowMillis, effects);
            advance(nowMillis, effects);
        } else if (input instanceof LinkInput.StreamLeaving leaving) {
            current.leaving(leaving.stream(), effects);
        } else if (input instanceof LinkInput.StreamFailed failed) {
            failed(failed.end(), nowMillis, effects);
        } else if (input instanceof LinkInput.StreamEnded ended) {
            ended(ended, nowMillis, effects);
        } else if (input instanceof LinkInput.TooLarge tooLarge) {
            tooLarge(tooLarge.unsent(), effects);
        } else if (input instanceof LinkInput.Heard || input instanceof LinkInput.WayBack) {
            current.forgive();
        } else if (input instanceof LinkInput.RetryNow) {
            retryNow(effects);
        } else if (input instanceof LinkInput.CloseStreams) {
            closeStream(nowMillis, effects);
        } else if (input instanceof LinkInput.Tick) {
            tick(nowMillis, effects);
        }
        noteChange(nowMillis, effects);
        trace.observe(input, effects, nowMillis);
        return effects;
    }

    /** First of all effects: a new attempt begins with its phase. */
    private void noteChange(long nowMillis, List<LinkEffect> effects) {
        LinkPhase now = phase(nowMillis);
        if (!now.equals(phases.current())) {
            List<LinkEffect> first = new ArrayList<>(1);
            phases.change(now, nowMillis, first);
            effects.addAll(0, first);
        }
    }

    private LinkPhase phase(long nowMillis) {
        if (current.isOpen()) {
            return UP;
        } else if (current.isOpening()) {
            return new LinkPhase.Opening();
        } else if (current.mayOpen(nowMillis)) {
            return new LinkPhase.Idle();
        }
        return new LinkPhase.Down(text(lastFailure), current.notBeforeMillis());
    }

    private static String text(RelayOutcome failure) {
        return failure.error().map(StanzaError::text).orElse("");
    }

    private void relay(LinkInput.Relay relay, long nowMillis, List<LinkEffect> effects) {
        int count = relay.stanzas().size();
        if (!current.mayOpen(nowMillis)) {
            queue.refused(count);
            effects.add(new LinkEffect.Relayed(relay.token(), lastFailure));
        } else if (!queue.hasRoom(relay.bytes(), settings.queueBytes())) {
            queue.overflowed(count);
            effects.add(new LinkEffect.Relayed(
                    relay.token(),
                    RelayOutcome.failed(
                            ErrorCondition.RESOURCE_CONSTRAINT,
                            "Too much waits to be sent to " + pair.remote() + ". Send it again later.")));
        } else {
            queue.add(relay, nowMillis + settings.waitTimeout().toMillis());
            advance(nowMillis, effects);
        }
    }

    private void advance(long nowMillis, List<LinkEffect> effects) {
        if (!queue.isWaiting()) {
            return;
        }
        if (current.ready(nowMillis, effects)) {
            current.send(queue.write(current.id(), settings.maxBatch()), effects);
        } else if (current.isDoubted()) {
            ping(nowMillis, effects);
        }
    }

    private void ping(long nowMillis, List<LinkEffect> effects) {
        pingId = RelayPing.id(ids);
        pingDeadlineMillis = nowMillis + settings.checkTimeout().toMillis();
        current.check(RelayPing.of(pair, pingId), effects);
    }

    private void answered(LinkInput.Answer answer, long nowMillis, List<LinkEffect> effects) {
        current.forgive();
        if (current.isAsked() && answer.id().equals(pingId) && current.answered(true, nowMillis)) {
            advance(nowMillis, effects);
        }
    }

    private void sent(LinkInput.Sent sent, long nowMillis, List<LinkEffect> effects) {
        queue.written(sent.stream(), RelayOutcome.SENT, effects);
        if (current.sent(sent.stream())) {
            advance(nowMillis, effects);
        }
    }

    private void failed(StreamEnd end, long nowMillis, List<LinkEffect> effects) {
        if (current.failed(nowMillis)) {
            fault(end, nowMillis);
            queue.refuseWaiting(lastFailure, effects);
        }
    }

    /** Of streams before the one of now, too, and of those that somebody had who had the link before. */
    private void ended(LinkInput.StreamEnded ended, long nowMillis, List<LinkEffect> effects) {
        boolean wasCurrent = current.ended(ended.stream());
        Optional<LinkEffect.Bounce> lost = lost(ended);
        if (wasCurrent && !CurrentStream.isClean(ended.end())) {
            fault(ended.end(), nowMillis);
        } else if (lost.isPresent()) {
            phases.error(ended.end().label() + ": stanzas were not acknowledged before the end", nowMillis);
        }
        lost.ifPresent(bounce -> {
            queue.refused(bounce.stanzas().size());
            effects.add(bounce);
        });
        RelayOutcome doubt = RelayOutcome.failed(
                ErrorCondition.REMOTE_SERVER_TIMEOUT,
                "The stream to " + pair.remote() + " ended while this was being sent; it may have arrived.");
        queue.written(ended.stream(), doubt, effects);
        advance(nowMillis, effects);
    }

    /** What a stream has lost though its senders were told that it was sent. */
    private Optional<LinkEffect.Bounce> lost(LinkInput.StreamEnded ended) {
        String text = "The stream ended before " + pair.remote() + " acknowledged this; it may have arrived.";
        return Optional.of(queue.lost(ended.stream(), ended.unacknowledged()))
                .filter(stanzas -> !stanzas.isEmpty())
                .map(stanzas ->
                        new LinkEffect.Bounce(stanzas, StanzaError.of(ErrorCondition.REMOTE_SERVER_TIMEOUT, text)));
    }

    /** XEP-0478: not sent, and its sender gets policy-violation. */
    private void tooLarge(Unsent unsent, List<LinkEffect> effects) {
        queue.refused(unsent.stanzas().size());
        effects.add(new LinkEffect.Bounce(
                unsent.stanzas(),
                StanzaError.of(
                        ErrorCondition.POLICY_VIOLATION,
                        pair.remote() + " takes no stanza of more than " + unsent.maxBytes() + " bytes.")));
    }

    private void fault(StreamEnd end, long nowMillis) {
        // Spec 2.4: who does not exist, or does not serve the domain, is not found; all else may work later.
        boolean unknown = AfterStreamError.of(end) == AfterStreamError.NOT_SERVED;
        ErrorCondition condition = unknown || end.reason() == StreamEnd.Reason.REMOTE_NOT_FOUND
                ? ErrorCondition.REMOTE_SERVER_NOT_FOUND
                : ErrorCondition.REMOTE_SERVER_TIMEOUT;
        lastFailure = RelayOutcome.failed(condition, end.label() + ": " + end.text());
        phases.error(text(lastFailure), nowMillis);
    }

    /** An operator wants to see whether it works, whether or not there is something to send. */
    private void retryNow(List<LinkEffect> effects) {
        current.forgive();
        current.open(effects);
    }

    private void tick(long nowMillis, List<LinkEffect> effects) {
        current.tick(until -> false, nowMillis, effects);
        if (pingDeadlineMillis <= nowMillis && current.silent(effects)) {
            advance(nowMillis, effects);
        }
        RelayOutcome late = RelayOutcome.failed(
                ErrorCondition.REMOTE_SERVER_TIMEOUT,
                pair.remote() + " took nothing for " + settings.waitTimeout().toSeconds() + " s.");
        queue.refuseLate(late, nowMillis, effects);
        if (idleAtMillis() <= nowMillis) {
            closeStream(nowMillis, effects);
        }
    }

    /** What is with the stream already still goes out before its end, and the peer may still acknowledge it. */
    private void closeStream(long nowMillis, List<LinkEffect> effects) {
        current.close(effects);
        advance(nowMillis, effects);
    }

    /** When the stream will have been idle for so long that it is closed; {@link Long#MAX_VALUE} while it is used. */
    private long idleAtMillis() {
        OptionalLong since = queue.isEmpty() ? current.quietSinceMillis() : OptionalLong.empty();
        return since.isPresent() ? since.getAsLong() + settings.idleTimeout().toMillis() : Long.MAX_VALUE;
    }

    @Override
    public long nextWakeMillis(long nowMillis) {
        long wake = Math.min(idleAtMillis(), Math.min(current.nextWakeMillis(), queue.nextDeadlineMillis()));
        if (current.isAsked()) {
            wake = Math.min(wake, pingDeadlineMillis);
        }
        return phases.current() instanceof LinkPhase.Down down ? Math.min(wake, down.retryMillis()) : wake;
    }

    @Override
    public boolean isQuiescent() {
        return current.isGone() && queue.isEmpty();
    }

    @Override
    public boolean isSettled() {
        return queue.isEmpty();
    }

    @Override
    public List<LinkEffect> end(long nowMillis) {
        List<LinkEffect> effects = new ArrayList<>();
        RelayOutcome stopping =
                RelayOutcome.failed(ErrorCondition.REMOTE_SERVER_TIMEOUT, "This node is stopping the link.");
        queue.end(stopping, effects);
        return effects;
    }

    @Override
    public LinkView view() {
        boolean exists = current.isOpen() || current.isOpening();
        List<String> streams = exists ? List.of(current.describe()) : List.of();
        return phases.view(pair, Long.MAX_VALUE, false, queue.size(), queue.bytes(), streams, trace, queue.counters());
    }
}
