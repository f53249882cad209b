package io.wavegate.s2s.link;

import io.wavegate.s2s.api.LinkView;
import io.wavegate.s2s.stream.DomainPair;
import java.util.List;

/** The phase that a link is in, and how that looks to an operator. */
final class Phases {
    private LinkPhase phase = new LinkPhase.Idle();
    private long sinceMillis;
    private String lastError = "";
    private long lastErrorMillis;

    Phases(long nowMillis) {
        sinceMillis = nowMillis;
    }

    LinkPhase current() {
        return phase;
    }

    /** Since when the phase has its title; details of it may have changed meanwhile. */
    long sinceMillis() {
        return sinceMillis;
    }

    void change(LinkPhase to, long nowMillis, List<LinkEffect> effects) {
        if (!to.equals(phase)) {
            effects.add(new LinkEffect.PhaseChanged(phase, to));
            if (!to.title().equals(phase.title())) {
                sinceMillis = nowMillis;
            }
            phase = to;
        }
    }

    /** What went wrong last, for the view. */
    void error(String cause, long nowMillis) {
        lastError = cause;
        lastErrorMillis = nowMillis;
    }

    /**
     * The link as an operator sees it.
     *
     * @param nextRetryMillis {@link Long#MAX_VALUE} for none
     */
    LinkView view(
            DomainPair domains,
            long nextRetryMillis,
            boolean behind,
            int underWay,
            long bytesUnderWay,
            List<String> streams,
            LinkTrace trace,
            LinkView.Counters counters) {
        return new LinkView(
                domains.local(),
                domains.remote(),
                phase.title(),
                sinceMillis,
                phase instanceof LinkPhase.Up up ? up.service() : "",
                lastError,
                lastErrorMillis,
                nextRetryMillis == Long.MAX_VALUE ? 0 : nextRetryMillis,
                behind,
                underWay,
                bytesUnderWay,
                streams,
                trace.view(),
                counters);
    }
}
