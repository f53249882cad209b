package io.wavegate.s2s.link;

import io.wavegate.s2s.api.LinkView;
import io.wavegate.s2s.federation.Discovery;
import io.wavegate.s2s.federation.RefusalErrors;
import io.wavegate.s2s.link.Outstanding.Ask;
import io.wavegate.s2s.link.Outstanding.Pending;
import io.wavegate.s2s.link.Outstanding.Purpose;
import io.wavegate.s2s.stanza.ErrorCondition;
import io.wavegate.s2s.stanza.StanzaError;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.xml.XmlElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * One link: what to send to whom on which stream, whose answer is awaited, when to give up and when to try again.
 *
 * <p>A machine with mutable state and one owner. It is given what happened and the time, and says what to do; it has no
 * clock, thread, socket or randomness but what it is given, so a script or a simulation can drive it.
 *
 * <p>It holds no backlog. Requests wait for discovery and for a stream at most as long as their answer is waited for,
 * and their number and size are bounded. Whatever fails leaves somebody behind; then, and only then, the link tries again by
 * itself, and once the peer's wave service has shown itself it says {@link LinkEffect.Reachable} and wavelets go on from
 * their history. An established peer that is silent about one request is not a peer that is gone (spec 9.4): the link
 * goes down only if nothing at all was heard since, and its wave service says nothing even when it is asked what it is.
 */
public final class LinkState implements LinkCore {
    private final DomainPair domains;
    private final LinkSettings settings;
    private final Retry retry;
    private final Channels channels;
    private final Requests requests;
    private final LinkCounters counters = new LinkCounters();
    private final LinkTrace trace = new LinkTrace();
    private final Phases phases;
    private final Callers callers;
    private final Oversized oversized;
    private final Reachability reach;

    /**
     * @param link our domain and the wave domain of the other side; its wave service may have another name
     * @param us the name under which our domain speaks: the domain itself, or its component at another server
     * @param nowMillis the time at which it begins
     */
    public LinkState(
            DomainPair link, String us, LinkSettings settings, IdSource ids, RandomGenerator random, long nowMillis) {
        this.domains = link;
        this.settings = settings;
        this.retry = new Retry(settings, random);
        Discovery discovery = new Discovery(link.remote(), settings.discovery(), random);
        this.channels = new Channels(settings, random);
        this.requests = new Requests(us, settings, ids, channels);
        this.phases = new Phases(nowMillis);
        this.callers = new Callers(domains.remote(), requests, retry, discovery, counters);
        this.oversized = new Oversized(requests, callers, channels);
        this.reach = new Reachability(link, discovery, retry, phases, channels, requests, callers, nowMillis);
    }

    @Override
    public List<LinkEffect> handle(LinkInput input, long nowMillis) {
        List<LinkEffect> effects = new ArrayList<>(4);
        if (input instanceof LinkInput.Ask ask) {
            ask(ask, nowMillis, effects);
        } else if (input instanceof LinkInput.Say say) {
            reach.expect(say.pair().remote());
            reach.heard(nowMillis, effects);
            if (!channels.reply(say.pair(), say.stanza(), nowMillis, effects)) {
                counters.replyDropped();
            }
        } else if (input instanceof LinkInput.Answer answer) {
            answer(answer.id(), answer.stanza(), nowMillis, effects);
        } else if (input instanceof LinkInput.Heard) {
            reach.heard(nowMillis, effects);
        } else if (input instanceof LinkInput.Confirm confirm) {
            reach.confirm(confirm, nowMillis, effects);
        } else if (input instanceof LinkInput.Behind) {
            retry.want(nowMillis, 0);
        } else if (input instanceof LinkInput.Tick) {
            tick(nowMillis, effects);
        } else if (input instanceof LinkInput.RetryNow) {
            reach.retryNow(nowMillis, effects);
        } else if (input instanceof LinkInput.CloseStreams) {
            end("an operator closed the link", nowMillis, effects);
            channels.closeAll(effects);
            phases.change(new LinkPhase.Idle(), nowMillis, effects);
        } else {
            stream(input, nowMillis, effects);
        }
        channels.checksDue().forEach(pair -> requests.ping(pair, nowMillis, effects));
        trace.observe(input, effects, nowMillis);
        return effects;
    }

    private void ask(LinkInput.Ask input, long nowMillis, List<LinkEffect> effects) {
        if (phases.current() instanceof LinkPhase.Down down) {
            callers.turnAway(input.token(), down.cause(), nowMillis, effects);
            return;
        }
        if (!requests.admit(input.request())) {
            counters.overloaded();
            effects.add(new LinkEffect.Complete(input.token(), requests.overloaded(domains.remote())));
            return;
        }
        long deadline = nowMillis + settings.answerTimeout().toMillis();
        Ask ask = new Ask(input.token(), input.request(), deadline, false);
        if (reach.service(nowMillis).isPresent()) {
            requests.send(ask, reach.service(nowMillis).get(), nowMillis, effects);
        } else {
            requests.hold(ask);
            reach.discover(nowMillis, effects);
        }
    }

    private void answer(String id, XmlElement stanza, long nowMillis, List<LinkEffect> effects) {
        reach.heard(nowMillis, effects);
        Optional<Pending> found = requests.take(id, stanza);
        if (found.isEmpty()) {
            counters.unmatched();
            return;
        }
        Pending pending = found.get();
        channels.answered(pending.pair(), pending.purpose() instanceof Purpose.Ping, nowMillis, effects);
        Optional<StanzaError> error =
                stanza.attribute("type").filter("error"::equals).isPresent()
                        ? Optional.of(StanzaError.in(stanza))
                        : Optional.empty();
        if (pending.purpose() instanceof Purpose.Discover discover) {
            reach.answered(discover.query(), stanza, error, nowMillis, effects);
            reach.settle(nowMillis, effects);
        } else if (pending.purpose() instanceof Purpose.Preamble preamble) {
            requests.preambleAnswered(preamble, error.isEmpty(), reach.service(nowMillis), nowMillis, effects);
        } else if (pending.purpose() instanceof Purpose.Caller caller) {
            answered(caller.ask(), stanza, error, nowMillis, effects);
        } else if (pending.purpose() instanceof Purpose.Probe
                && error.filter(RefusalErrors::isAway).isPresent()) {
            away(error.get(), nowMillis, effects);
        }
    }

    private void answered(
            Ask ask, XmlElement stanza, Optional<StanzaError> error, long nowMillis, List<LinkEffect> effects) {
        if (error.isEmpty()) {
            retry.succeeded();
            counters.answered();
            callers.finish(ask, new Outcome.Answered(stanza), effects);
            return;
        }
        if (requests.mayHaveLostPreamble(ask, error.get())
                && reach.service(nowMillis).isPresent()) {
            requests.repeat(ask, reach.service(nowMillis).get(), nowMillis, effects);
            return;
        }
        if (RefusalErrors.isAway(error.get())) {
            callers.fail(List.of(ask), error.get().summary(), nowMillis, effects);
            away(error.get(), nowMillis, effects);
            return;
        }
        callers.refuse(ask, new Outcome.Refused(error.get()), effects);
        if (error.get().condition() == ErrorCondition.RESOURCE_CONSTRAINT) {
            callers.behind(nowMillis);
        }
    }

    private void away(StanzaError error, long nowMillis, List<LinkEffect> effects) {
        reach.down("its wave service is away (" + error.summary() + ")", nowMillis, effects);
    }

    private void tick(long nowMillis, List<LinkEffect> effects) {
        List<Pending> late = requests.takeLate(nowMillis);
        List<Ask> silent = new ArrayList<>(requests.takeLateUnsent(nowMillis));
        boolean doubtful = false;
        boolean dead = false;
        for (Pending pending : late) {
            boolean unheard = pending.sentMillis() >= reach.lastHeardMillis();
            doubtful |= unheard && pending.purpose().isOfWave();
            dead |= unheard && pending.purpose() instanceof Purpose.Probe;
            if (pending.purpose() instanceof Purpose.Discover discover) {
                reach.failed(discover.query(), Discovery.Failure.TIMEOUT, "no answer", nowMillis, effects);
            } else if (pending.purpose() instanceof Purpose.Caller caller) {
                silent.add(caller.ask());
            } else if (pending.purpose() instanceof Purpose.Preamble preamble) {
                requests.preambleAnswered(preamble, false, reach.service(nowMillis), nowMillis, effects);
            } else if (pending.purpose() instanceof Purpose.Ping) {
                channels.silent(pending.pair(), nowMillis, effects);
            }
        }
        callers.silent(silent, "no answer in " + settings.answerTimeout().toSeconds() + " s", nowMillis, effects);
        reach.settle(nowMillis, effects);
        if (dead && phases.current() instanceof LinkPhase.Up) {
            reach.down(
                    "nothing was heard for " + (nowMillis - reach.lastHeardMillis()) / 1_000 + " s",
                    nowMillis,
                    effects);
        } else if (doubtful && reach.service(nowMillis).isPresent()) {
            requests.probe(reach.service(nowMillis).get(), nowMillis, effects);
        }
        channels.closeIdle(settings.idleTimeout().toMillis(), nowMillis, requests, effects);
        reach.retryIfDue(nowMillis, effects);
    }

    private void stream(LinkInput input, long nowMillis, List<LinkEffect> effects) {
        if (input instanceof LinkInput.StreamOpened opened) {
            channels.opened(opened, nowMillis, effects);
        } else if (input instanceof LinkInput.Sent sent) {
            channels.sent(sent, nowMillis, effects);
        } else if (input instanceof LinkInput.WayBack back) {
            channels.forgive(back.pair());
            reach.heard(nowMillis, effects);
        } else if (input instanceof LinkInput.TooLarge tooLarge) {
            oversized.refuse(tooLarge, reach.service(nowMillis), nowMillis, effects);
        } else if (input instanceof LinkInput.StreamFailed failed) {
            if (channels.failed(failed.pair(), nowMillis)) {
                lost(failed.pair(), failed.end(), true, nowMillis, effects);
            }
        } else if (input instanceof LinkInput.StreamFound found) {
            channels.found(found, nowMillis, effects);
        } else if (input instanceof LinkInput.StreamLeaving leaving) {
            channels.leaving(leaving, effects);
        } else if (input instanceof LinkInput.StreamEnded ended) {
            if (channels.ended(ended, requests, nowMillis, effects)) {
                lost(ended.pair(), ended.end(), false, nowMillis, effects);
            }
        }
    }

    /**
     * Answers come on the peer's own streams, so after a clean end of ours they are still waited for; what it is known not
     * to have heard was sent again.
     */
    private void lost(DomainPair pair, StreamEnd end, boolean neverOpen, long nowMillis, List<LinkEffect> effects) {
        if (!neverOpen && CurrentStream.isClean(end)) {
            return;
        }
        String cause = end.label() + ": " + end.text();
        phases.error(cause, nowMillis);
        retry.heed(end, nowMillis);
        List<Ask> failed = new ArrayList<>();
        for (Pending pending : requests.takeSentOn(pair)) {
            if (pending.purpose() instanceof Purpose.Discover discover) {
                reach.failed(discover.query(), Discovery.Failure.UNREACHABLE, cause, nowMillis, effects);
            } else if (pending.purpose() instanceof Purpose.Caller caller) {
                failed.add(caller.ask());
            } else if (pending.purpose() instanceof Purpose.Preamble) {
                failed.addAll(requests.preambleLost());
            }
        }
        callers.fail(failed, cause, nowMillis, effects);
        reach.settle(nowMillis, effects);
        if (neverOpen
                && phases.current() instanceof LinkPhase.Up up
                && up.service().equals(pair.remote())) {
            reach.down(cause, nowMillis, effects);
        }
    }

    @Override
    public long nextWakeMillis(long nowMillis) {
        long wake = channels.nextIdleMillis(settings.idleTimeout().toMillis());
        if (!requests.isEmpty()) {
            // Deadlines are kept to the second: one look over all is cheaper than a timer for each.
            wake = Math.min(wake, nowMillis + 1_000);
        }
        return Math.min(wake, retry.atMillis());
    }

    @Override
    public boolean isQuiescent() {
        return requests.isEmpty() && channels.allClosed() && !retry.isWanted() && reach.isQuiescent();
    }

    @Override
    public boolean isSettled() {
        return channels.allSettled();
    }

    @Override
    public List<LinkEffect> end(long nowMillis) {
        List<LinkEffect> effects = new ArrayList<>();
        end("this node is stopping the link", nowMillis, effects);
        return effects;
    }

    private void end(String why, long nowMillis, List<LinkEffect> effects) {
        callers.fail(requests.takeAll(), why, nowMillis, effects);
        reach.forget(effects);
    }

    @Override
    public LinkView view() {
        return phases.view(
                domains,
                retry.atMillis(),
                retry.isWanted(),
                requests.underWay(),
                requests.bytesUnderWay(),
                channels.describe(),
                trace,
                counters.view());
    }
}
