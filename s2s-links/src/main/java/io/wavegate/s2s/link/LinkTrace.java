package io.wavegate.s2s.link;

import io.wavegate.s2s.api.LinkView.TraceStep;
import io.wavegate.s2s.federation.DiscoCodec;
import io.wavegate.s2s.stanza.ErrorCondition;
import io.wavegate.s2s.stanza.Namespaces;
import io.wavegate.s2s.stanza.StanzaError;
import io.wavegate.s2s.xml.XmlElement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The steps of the last attempt to reach the domain, and what became of its streams since: read off what goes into the link
 * and comes out of it. Bounded, oldest step out first.
 */
final class LinkTrace {
    private static final int MAX_STEPS = 40;
    private static final int MAX_TEXT = 1_000;

    private final Deque<TraceStep> steps = new ArrayDeque<>();
    private boolean discovering;

    void observe(LinkInput input, List<LinkEffect> effects, long nowMillis) {
        if (discovering && input instanceof LinkInput.Answer answer) {
            answered(answer.stanza(), nowMillis);
        } else if (input instanceof LinkInput.StreamOpened opened) {
            add("stream to " + opened.pair().remote() + " is open", nowMillis);
        } else if (input instanceof LinkInput.StreamFailed failed) {
            add(failed.end().label() + ": " + failed.end().text(), nowMillis);
        } else if (input instanceof LinkInput.StreamEnded ended) {
            add(
                    "stream to " + ended.pair().remote() + " ended: "
                            + ended.end().label() + ": " + ended.end().text(),
                    nowMillis);
        }
        for (LinkEffect effect : effects) {
            done(effect, nowMillis);
        }
    }

    private void done(LinkEffect effect, long nowMillis) {
        if (effect instanceof LinkEffect.PhaseChanged changed) {
            phase(changed.to(), nowMillis);
        } else if (effect instanceof LinkEffect.OpenStream open) {
            add(
                    "opening a stream from " + open.pair().local() + " to "
                            + open.pair().remote(),
                    nowMillis);
        } else if (effect instanceof LinkEffect.CloseStream close) {
            add("closing the stream to " + close.pair().remote(), nowMillis);
        } else if (effect instanceof LinkEffect.AbandonStream abandon) {
            add("no sign of life on the stream to " + abandon.pair().remote() + ", which is given up", nowMillis);
        } else if (discovering && effect instanceof LinkEffect.Send send) {
            send.stanzas().forEach(stanza -> asked(stanza, nowMillis));
        }
    }

    private void phase(LinkPhase to, long nowMillis) {
        discovering = to instanceof LinkPhase.Discovering;
        if (discovering || to instanceof LinkPhase.Opening) {
            // The first query may have opened its stream already: those steps belong to the new attempt.
            steps.clear();
            if (discovering) {
                add("looking for the wave service", nowMillis);
            }
        } else if (to instanceof LinkPhase.Up up && !up.service().isEmpty()) {
            add("the wave service is " + up.service(), nowMillis);
        } else if (to instanceof LinkPhase.Down down) {
            add("given up: " + down.cause(), nowMillis);
        }
    }

    private void asked(XmlElement stanza, long nowMillis) {
        String to = stanza.attribute("to").orElse("");
        for (XmlElement query : stanza.elements()) {
            if (query.is(Namespaces.DISCO_ITEMS, "query")) {
                add("asked " + to + " for its services (disco#items)", nowMillis);
            } else if (query.is(Namespaces.DISCO_INFO, "query")) {
                add("asked " + to + " what it is (disco#info)", nowMillis);
            }
        }
    }

    private void answered(XmlElement stanza, long nowMillis) {
        String from = stanza.attribute("from").orElse("");
        if (stanza.attribute("type").filter("error"::equals).isPresent()) {
            ErrorCondition condition = StanzaError.in(stanza).condition();
            add(from + " answered by the error " + condition.wire(), nowMillis);
        } else if (stanza.child(Namespaces.DISCO_ITEMS, "query").isPresent()) {
            add(from + " lists " + DiscoCodec.items(stanza).size() + " services", nowMillis);
        } else if (stanza.child(Namespaces.DISCO_INFO, "query").isPresent()) {
            add(from + (DiscoCodec.isWave(stanza) ? " is a wave service" : " is no wave service"), nowMillis);
        }
    }

    private void add(String text, long nowMillis) {
        if (steps.size() == MAX_STEPS) {
            steps.remove();
        }
        steps.add(new TraceStep(nowMillis, text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "..." : text));
    }

    List<TraceStep> view() {
        return List.copyOf(steps);
    }
}
