package io.wavegate.s2s.link;

import io.wavegate.s2s.api.LinkView;
import io.wavegate.s2s.federation.Discovery;
import io.wavegate.s2s.federation.Discovery.Status;
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
public final class LinkState {
    private final DomainPair domains;
    private final LinkSettings settings;
    private final Retry retry;
    private final Discovery discovery;
    private final Channels channels;
    private final Requests requests;
    private final Speakers speakers = new Speakers();
    private final LinkCounters counters = new LinkCounters();
    private final LinkTrace trace = new LinkTrace();
    private final Phases phases;
    private final Callers callers;
    private final Oversized oversized;

    private long lastHeardMillis;

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
        this.discovery = new Discovery(link.remote(), settings.discovery(), random);
        this.channels = new Channels(settings, random);
        this.requests = new Requests(us, settings, ids, channels);
        this.phases = new Phases(nowMillis);
        this.callers = new Callers(domains.remote(), requests, retry, discovery, counters);
        this.oversized = new Oversized(requests, callers, channels);
        this.lastHeardMillis = nowMillis;
    }

    /** Takes one input at a time that never goes backwards. */
    public List<LinkEffect> handle(LinkInput input, long nowMillis) {
        List<LinkEffect> effects = new ArrayList<>(4);
        if (input instanceof LinkInput.Ask ask) {
            ask(ask, nowMillis, effects);
        } else if (input instanceof LinkInput.Say say) {
            expect(say.pair().remote());
            heard(nowMillis, effects);
            if (!channels.reply(say.pair(), say.stanza(), nowMillis, effects)) {
                counters.replyDropped();
            }
        } else if (input instanceof LinkInput.Answer answer) {
            answer(answer.id(), answer.stanza(), nowMillis, effects);
        } else if (input instanceof LinkInput.Heard) {
            heard(nowMillis, effects);
        } else if (input instanceof LinkInput.Confirm confirm) {
            confirm(confirm, nowMillis, effects);
        } else if (input instanceof LinkInput.Behind) {
            retry.want(nowMillis, 0);
        } else if (input instanceof LinkInput.Tick) {
            tick(nowMillis, effects);
        } else if (input instanceof LinkInput.RetryNow) {
            retryNow(nowMillis, effects);
        } else if (input instanceof LinkInput.CloseStreams) {
            end("an operator closed the link", nowMillis, effects);
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
        if (service(nowMillis).isPresent()) {
            requests.send(ask, service(nowMillis).get(), nowMillis, effects);
        } else {
            requests.hold(ask);
            discover(nowMillis, effects);
        }
    }

    /** The peer's wave service, if it is known and still believed. */
    private Optional<String> service(long nowMillis) {
        boolean up = phases.current() instanceof LinkPhase.Up;
        return up && discovery.status(nowMillis) instanceof Status.Found found
                ? Optional.of(found.service())
                : Optional.empty();
    }

    private void heard(long nowMillis, List<LinkEffect> effects) {
        lastHeardMillis = nowMillis;
        if (phases.current() instanceof LinkPhase.Down
                && discovery.noneUntilMillis(nowMillis).isEmpty()) {
            retry.heard(nowMillis, phases.sinceMillis());
            retryIfDue(nowMillis, effects);
        }
    }

    private void answer(String id, XmlElement stanza, long nowMillis, List<LinkEffect> effects) {
        heard(nowMillis, effects);
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
            ask(
                    error.isPresent()
                            ? discovery.failed(
                                    discover.query(),
                                    Discovery.Failure.ERROR,
                                    error.get().condition().wire())
                            : discovery.answered(discover.query(), stanza),
                    nowMillis,
                    effects);
            afterDiscovery(nowMillis, effects);
        } else if (pending.purpose() instanceof Purpose.Preamble preamble) {
            requests.preambleAnswered(preamble, error.isEmpty(), service(nowMillis), nowMillis, effects);
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
        if (requests.mayHaveLostPreamble(ask, error.get()) && service(nowMillis).isPresent()) {
            requests.repeat(ask, service(nowMillis).get(), nowMillis, effects);
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
        down("its wave service is away (" + error.summary() + ")", nowMillis, effects);
    }

    private void discover(long nowMillis, List<LinkEffect> effects) {
        if (!(discovery.status(nowMillis) instanceof Status.Running)) {
            phases.change(new LinkPhase.Discovering(), nowMillis, effects);
            channels.forgive();
            ask(discovery.start(nowMillis), nowMillis, effects);
        }
    }

    private void ask(List<Discovery.Query> queries, long nowMillis, List<LinkEffect> effects) {
        for (Discovery.Query query : queries) {
            if (!requests.query(query, nowMillis, effects)) {
                ask(discovery.failed(query, Discovery.Failure.UNREACHABLE, "tried just now"), nowMillis, effects);
            }
        }
    }

    private void afterDiscovery(long nowMillis, List<LinkEffect> effects) {
        speakers.resolve(discovery, effects);
        if (!(phases.current() instanceof LinkPhase.Discovering)) {
            return;
        }
        Status status = discovery.outcome();
        if (status instanceof Status.Found found) {
            phases.change(new LinkPhase.Up(found.service()), nowMillis, effects);
            requests.sendHeld(found.service(), nowMillis, effects);
            goOn(effects);
        } else if (status instanceof Status.NotFound none) {
            down("no wave service found (" + none.text() + ")", nowMillis, effects);
        }
    }

    private void goOn(List<LinkEffect> effects) {
        if (retry.done()) {
            effects.add(new LinkEffect.Reachable());
        }
    }

    /** A service that was not to be found speaks: it is looked for again soon, but not at each word. */
    private void expect(String address) {
        if (phases.current() instanceof LinkPhase.Down && discovery.expect(address)) {
            retry.noLaterThan(retry.againMillis(phases.sinceMillis()));
        }
    }

    private void confirm(LinkInput.Confirm confirm, long nowMillis, List<LinkEffect> effects) {
        expect(confirm.address());
        heard(nowMillis, effects);
        Status status = discovery.status(nowMillis);
        boolean expected = discovery.expects(confirm.address());
        boolean tooSoon = !expected
                && phases.current() instanceof LinkPhase.Down
                && (status instanceof Status.NotFound || nowMillis < retry.soonestMillis(phases.sinceMillis()));
        if (speakers.ask(confirm, domains.remote(), status, tooSoon, effects) && !expected) {
            discover(nowMillis, effects);
        }
        speakers.resolve(discovery, effects);
    }

    private void tick(long nowMillis, List<LinkEffect> effects) {
        List<Pending> late = requests.takeLate(nowMillis);
        List<Ask> silent = new ArrayList<>(requests.takeLateUnsent(nowMillis));
        boolean doubtful = false;
        boolean dead = false;
        for (Pending pending : late) {
            boolean unheard = pending.sentMillis() >= lastHeardMillis;
            doubtful |= unheard && pending.purpose().isOfWave();
            dead |= unheard && pending.purpose() instanceof Purpose.Probe;
            if (pending.purpose() instanceof Purpose.Discover discover) {
                ask(discovery.failed(discover.query(), Discovery.Failure.TIMEOUT, "no answer"), nowMillis, effects);
            } else if (pending.purpose() instanceof Purpose.Caller caller) {
                silent.add(caller.ask());
            } else if (pending.purpose() instanceof Purpose.Preamble preamble) {
                requests.preambleAnswered(preamble, false, service(nowMillis), nowMillis, effects);
            } else if (pending.purpose() instanceof Purpose.Ping) {
                channels.silent(pending.pair(), nowMillis, effects);
            }
        }
        callers.silent(silent, "no answer in " + settings.answerTimeout().toSeconds() + " s", nowMillis, effects);
        afterDiscovery(nowMillis, effects);
        if (dead && phases.current() instanceof LinkPhase.Up) {
            down("nothing was heard for " + (nowMillis - lastHeardMillis) / 1_000 + " s", nowMillis, effects);
        } else if (doubtful && service(nowMillis).isPresent()) {
            requests.probe(service(nowMillis).get(), nowMillis, effects);
        }
        channels.closeIdle(settings.idleTimeout().toMillis(), nowMillis, requests, effects);
        retryIfDue(nowMillis, effects);
    }

    private void retryIfDue(long nowMillis, List<LinkEffect> effects) {
        if (!retry.isDue(nowMillis)) {
            return;
        }
        if (service(nowMillis).isPresent()) {
            goOn(effects);
        } else {
            retry.begun();
            discover(nowMillis, effects);
        }
    }

    private void retryNow(long nowMillis, List<LinkEffect> effects) {
        if (!(discovery.status(nowMillis) instanceof Status.Running)) {
            discovery.forget();
            retry.begun();
            discover(nowMillis, effects);
        }
    }

    private void stream(LinkInput input, long nowMillis, List<LinkEffect> effects) {
        if (input instanceof LinkInput.StreamOpened opened) {
            channels.opened(opened, nowMillis, effects);
        } else if (input instanceof LinkInput.Sent sent) {
            channels.sent(sent, nowMillis, effects);
        } else if (input instanceof LinkInput.WayBack back) {
            channels.forgive(back.pair());
            heard(nowMillis, effects);
        } else if (input instanceof LinkInput.TooLarge tooLarge) {
            oversized.refuse(tooLarge, service(nowMillis), nowMillis, effects);
        } else if (input instanceof LinkInput.StreamFailed failed) {
            channels.failed(failed.pair(), nowMillis);
            lost(failed.pair(), failed.end(), true, nowMillis, effects);
        } else if (input instanceof LinkInput.StreamEnded ended) {
            if (channels.ended(ended, nowMillis, effects)) {
                lost(ended.pair(), ended.end(), false, nowMillis, effects);
            }
        }
    }

    /** Answers come on the peer's own streams, so after a clean end of ours they are still waited for. */
    private void lost(DomainPair pair, StreamEnd end, boolean neverOpen, long nowMillis, List<LinkEffect> effects) {
        if (!neverOpen && Channel.isClean(end)) {
            return;
        }
        String cause = end.label() + ": " + end.text();
        phases.error(cause, nowMillis);
        retry.heed(end, nowMillis);
        List<Ask> failed = new ArrayList<>();
        for (Pending pending : requests.takeSentOn(pair)) {
            if (pending.purpose() instanceof Purpose.Discover discover) {
                ask(discovery.failed(discover.query(), Discovery.Failure.UNREACHABLE, cause), nowMillis, effects);
            } else if (pending.purpose() instanceof Purpose.Caller caller) {
                failed.add(caller.ask());
            } else if (pending.purpose() instanceof Purpose.Preamble) {
                failed.addAll(requests.preambleLost());
            }
        }
        callers.fail(failed, cause, nowMillis, effects);
        afterDiscovery(nowMillis, effects);
        if (neverOpen
                && phases.current() instanceof LinkPhase.Up up
                && up.service().equals(pair.remote())) {
            down(cause, nowMillis, effects);
        }
    }

    private void down(String cause, long nowMillis, List<LinkEffect> effects) {
        phases.error(cause, nowMillis);
        callers.fail(requests.takeAll(), cause, nowMillis, effects);
        if (discovery.noneUntilMillis(nowMillis).isEmpty()) {
            discovery.forget();
        }
        speakers.resolve(discovery, effects);
        if (retry.isWanted()) {
            callers.behind(nowMillis);
        }
        phases.change(new LinkPhase.Down(cause, retry.atMillis()), nowMillis, effects);
    }

    /** When {@link LinkInput.Tick} is due; {@link Long#MAX_VALUE} for never. */
    public long nextWakeMillis(long nowMillis) {
        long wake = channels.nextIdleMillis(settings.idleTimeout().toMillis());
        if (!requests.isEmpty()) {
            // Deadlines are kept to the second: one look over all is cheaper than a timer for each.
            wake = Math.min(wake, nowMillis + 1_000);
        }
        return Math.min(wake, retry.atMillis());
    }

    /** Nothing is open, awaited or behind: the link may be forgotten. */
    public boolean isQuiescent() {
        return requests.isEmpty() && channels.allClosed() && !retry.isWanted() && speakers.isEmpty();
    }

    /** Ends the link: everybody who waits is told, streams are closed cleanly. */
    public List<LinkEffect> end(long nowMillis) {
        List<LinkEffect> effects = new ArrayList<>();
        end("this node is stopping the link", nowMillis, effects);
        return effects;
    }

    private void end(String why, long nowMillis, List<LinkEffect> effects) {
        callers.fail(requests.takeAll(), why, nowMillis, effects);
        discovery.forget();
        speakers.resolve(discovery, effects);
        channels.closeAll(effects);
    }

    /** For operators. */
    public LinkView view() {
        return phases.view(domains, retry, requests, channels, trace, counters);
    }
}
