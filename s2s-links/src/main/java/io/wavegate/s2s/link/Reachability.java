package io.wavegate.s2s.link;

import io.wavegate.s2s.federation.Discovery;
import io.wavegate.s2s.federation.Discovery.Status;
import io.wavegate.s2s.stanza.StanzaError;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.xml.XmlElement;
import java.util.List;
import java.util.Optional;

/**
 * Whether the peer's wave service can be reached: looked for, found, or given up until the next attempt. Shares the parts
 * of its {@link LinkState}.
 */
final class Reachability {
    private final DomainPair domains;
    private final Discovery discovery;
    private final Retry retry;
    private final Phases phases;
    private final Channels channels;
    private final Requests requests;
    private final Callers callers;
    private final Speakers speakers = new Speakers();
    private long lastHeardMillis;

    Reachability(
            DomainPair domains,
            Discovery discovery,
            Retry retry,
            Phases phases,
            Channels channels,
            Requests requests,
            Callers callers,
            long nowMillis) {
        this.domains = domains;
        this.discovery = discovery;
        this.retry = retry;
        this.phases = phases;
        this.channels = channels;
        this.requests = requests;
        this.callers = callers;
        this.lastHeardMillis = nowMillis;
    }

    /** The peer's wave service, if it is known and still believed. */
    Optional<String> service(long nowMillis) {
        boolean up = phases.current() instanceof LinkPhase.Up;
        return up && discovery.status(nowMillis) instanceof Status.Found found
                ? Optional.of(found.service())
                : Optional.empty();
    }

    /** The peer gave a sign of life. */
    void heard(long nowMillis, List<LinkEffect> effects) {
        lastHeardMillis = nowMillis;
        if (phases.current() instanceof LinkPhase.Down
                && discovery.noneUntilMillis(nowMillis).isEmpty()) {
            retry.heard(nowMillis, phases.sinceMillis());
            retryIfDue(nowMillis, effects);
        }
    }

    long lastHeardMillis() {
        return lastHeardMillis;
    }

    /** Begins the search, if none is under way. */
    void discover(long nowMillis, List<LinkEffect> effects) {
        if (!(discovery.status(nowMillis) instanceof Status.Running)) {
            phases.change(new LinkPhase.Discovering(), nowMillis, effects);
            channels.forgive();
            ask(discovery.start(nowMillis), nowMillis, effects);
        }
    }

    /** A query without a stream to go on has failed, which may bring on the next ones. */
    private void ask(List<Discovery.Query> queries, long nowMillis, List<LinkEffect> effects) {
        for (Discovery.Query query : queries) {
            if (!requests.query(query, nowMillis, effects)) {
                ask(discovery.failed(query, Discovery.Failure.UNREACHABLE, "tried just now"), nowMillis, effects);
            }
        }
    }

    /** What a query came to; see {@link #settle}. */
    void answered(
            Discovery.Query query,
            XmlElement stanza,
            Optional<StanzaError> error,
            long nowMillis,
            List<LinkEffect> effects) {
        if (error.isPresent()) {
            failed(query, Discovery.Failure.ERROR, error.get().condition().wire(), nowMillis, effects);
        } else {
            ask(discovery.answered(query, stanza), nowMillis, effects);
        }
    }

    /** A query came to nothing; see {@link #settle}. */
    void failed(
            Discovery.Query query, Discovery.Failure failure, String text, long nowMillis, List<LinkEffect> effects) {
        ask(discovery.failed(query, failure, text), nowMillis, effects);
    }

    /** Does what the outcome of the search asks for, once it has one. */
    void settle(long nowMillis, List<LinkEffect> effects) {
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

    /** Whoever is behind may go on. */
    private void goOn(List<LinkEffect> effects) {
        if (retry.done()) {
            effects.add(new LinkEffect.Reachable());
        }
    }

    /** A service that was not to be found speaks: it is looked for again soon, but not at each word. */
    void expect(String address) {
        if (phases.current() instanceof LinkPhase.Down && discovery.expect(address)) {
            retry.noLaterThan(retry.againMillis(phases.sinceMillis()));
        }
    }

    /** Whether an address speaks for the domain; looked for anew where that is worth it. */
    void confirm(LinkInput.Confirm confirm, long nowMillis, List<LinkEffect> effects) {
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

    /** Makes the attempt that is planned for now, if somebody is behind. */
    void retryIfDue(long nowMillis, List<LinkEffect> effects) {
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

    /** Looks for the service, whatever was believed of it. */
    void retryNow(long nowMillis, List<LinkEffect> effects) {
        if (!(discovery.status(nowMillis) instanceof Status.Running)) {
            discovery.forget();
            retry.begun();
            discover(nowMillis, effects);
        }
    }

    /** The service cannot be reached: everybody who waits is told. */
    void down(String cause, long nowMillis, List<LinkEffect> effects) {
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

    /** Forgets what was found; whoever waits for it is told. */
    void forget(List<LinkEffect> effects) {
        discovery.forget();
        speakers.resolve(discovery, effects);
    }

    /** Nobody waits to hear who speaks for the domain. */
    boolean isQuiescent() {
        return speakers.isEmpty();
    }
}
