package io.wavegate.s2s.link;

import io.wavegate.s2s.federation.Discovery;
import io.wavegate.s2s.link.Outstanding.Ask;
import java.util.List;

/** Tells those who asked how it ended; whoever got no answer is behind, and is told later when to go on. */
final class Callers {
    private final String remote;
    private final Requests requests;
    private final Retry retry;
    private final Discovery discovery;
    private final LinkCounters counters;

    Callers(String remote, Requests requests, Retry retry, Discovery discovery, LinkCounters counters) {
        this.remote = remote;
        this.requests = requests;
        this.retry = retry;
        this.discovery = discovery;
        this.counters = counters;
    }

    void fail(List<Ask> asks, String cause, long nowMillis, List<LinkEffect> effects) {
        for (Ask ask : asks) {
            finish(ask, unreachable(cause), effects);
        }
        if (!asks.isEmpty()) {
            counters.failed(asks.size());
            behind(nowMillis);
        }
    }

    /** No answer came, which need not mean that nobody is there (spec 9.4), and may mean that none ever comes (spec 3.2). */
    void silent(List<Ask> asks, String cause, long nowMillis, List<LinkEffect> effects) {
        asks.forEach(ask -> finish(ask, unreachable(cause), effects));
        if (!asks.isEmpty()) {
            counters.failed(asks.size());
            retry.wantAfterSilence(nowMillis);
        }
    }

    /** It was not accepted at all: the peer is known to be down. */
    void turnAway(long token, String cause, long nowMillis, List<LinkEffect> effects) {
        effects.add(new LinkEffect.Complete(token, unreachable(cause)));
        behind(nowMillis);
        counters.failed(1);
    }

    void refuse(Ask ask, Outcome outcome, List<LinkEffect> effects) {
        counters.refused();
        finish(ask, outcome, effects);
    }

    void finish(Ask ask, Outcome outcome, List<LinkEffect> effects) {
        effects.add(new LinkEffect.Complete(ask.token(), outcome));
        if (requests.release(ask)) {
            // Some were turned away for want of room, and now there is.
            effects.add(new LinkEffect.Reachable());
        }
    }

    private Outcome unreachable(String cause) {
        return new Outcome.Unreachable("No answer from " + remote + ": " + cause
                + ". Nothing is lost: it goes on by itself when the domain answers again.");
    }

    /** Somebody has to be told when to go on. */
    void behind(long nowMillis) {
        retry.want(nowMillis, discovery.noneUntilMillis(nowMillis).orElse(0));
    }
}
