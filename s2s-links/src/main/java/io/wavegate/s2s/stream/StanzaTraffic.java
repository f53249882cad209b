package io.wavegate.s2s.stream;

import io.wavegate.s2s.xml.StreamErrorCondition;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.s2s.xml.Xmlns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What passes on an authenticated stream and how it is counted, the same on streams of either side: limits are obeyed
 * (XEP-0478), and stanzas acknowledged (XEP-0198) without resumption, which no server does between servers.
 *
 * <pre>
 * stanzas → ... enough of them, or a while after the first → r → a h → the kept stanzas before h are let go
 *                                                              → silence → the peer is gone
 * </pre>
 */
final class StanzaTraffic {
    private final StreamExtensions extensions;

    StanzaTraffic(StreamExtensions extensions) {
        this.extensions = extensions;
    }

    /** Stanzas may go back to the peer on the stream that it opened. */
    void openWayBack(Reaction<?> reaction, Session session, DomainPair pair) {
        if (session.bidi()) {
            reaction.effect(new StreamEffect.Reverse(pair));
            sayPeerIdle(reaction, session.traffic());
        }
    }

    void sayPeerIdle(Reaction<?> reaction, Traffic traffic) {
        if (!traffic.limits().idle().isZero()) {
            reaction.effect(new StreamEffect.PeerIdle(traffic.limits().idle()));
        }
    }

    /** Writes what the peer takes; what is too large for it comes back as an effect, unsent. */
    Traffic send(Reaction<?> reaction, Traffic traffic, List<XmlElement> stanzas) {
        List<XmlElement> tooLarge = new ArrayList<>();
        List<XmlElement> sent = new ArrayList<>(stanzas.size());
        for (XmlElement stanza : stanzas) {
            boolean fits = reaction.writeWithin(stanza, traffic.limits().maxBytes());
            (fits ? sent : tooLarge).add(stanza);
        }
        Acks acks = traffic.acks().withSent(sent.size());
        if (acks.tracked() && !sent.isEmpty()) {
            acks = askIfDue(reaction, acks);
            reaction.effect(new StreamEffect.Keep(sent));
        }
        if (!tooLarge.isEmpty()) {
            reaction.effect(new StreamEffect.TooLarge(
                    new Unsent(tooLarge, traffic.limits().maxBytes())));
        }
        return traffic.with(acks);
    }

    private Acks askIfDue(Reaction<?> reaction, Acks acks) {
        if (!acks.asked() && acks.unacknowledged() >= extensions.askEvery()) {
            return ask(reaction, acks);
        } else if (!acks.timed()) {
            reaction.effect(new StreamEffect.Schedule(StreamTimer.ACK, extensions.askAfter()));
            return acks.withTimed(true);
        }
        return acks;
    }

    private Acks ask(Reaction<?> reaction, Acks acks) {
        reaction.write(Nonzas.empty(Xmlns.ACKS, "r"))
                .effect(new StreamEffect.Schedule(StreamTimer.ACK, extensions.answerWithin()));
        return acks.withAsked(true).withTimed(true);
    }

    /** The timer has run out; empty if the peer was asked and is silent. */
    Optional<Traffic> timeIsUp(Reaction<?> reaction, Traffic traffic) {
        Acks acks = traffic.acks().withTimed(false);
        if (acks.asked()) {
            return Optional.empty();
        }
        return Optional.of(traffic.with(acks.unacknowledged() > 0 ? ask(reaction, acks) : acks));
    }

    /** Nothing was written for long: a question where the peer answers it, else a space. */
    Traffic keepAlive(Reaction<?> reaction, Traffic traffic) {
        if (traffic.acks().tracked() && !traffic.acks().asked()) {
            return traffic.with(ask(reaction, traffic.acks()));
        }
        reaction.space();
        return traffic;
    }

    /** Stanzas that had arrived are dealt with, the oldest first. */
    Traffic handled(Reaction<?> reaction, Traffic traffic, int stanzas) {
        Acks acks = traffic.acks().withHandled(stanzas);
        return traffic.with(acks.isAnswerDue() ? tell(reaction, acks) : acks);
    }

    /** The last words before a clean end of ours: what we have handled (XEP-0198 section 4), and what has the peer? */
    void beforeEnd(Reaction<?> reaction, Traffic traffic) {
        beforeAnsweringEnd(reaction, traffic);
        if (traffic.acks().unacknowledged() > 0) {
            reaction.write(Nonzas.empty(Xmlns.ACKS, "r"));
        }
    }

    /** The last word before we answer the peer's end, after which nothing of its own can come. */
    void beforeAnsweringEnd(Reaction<?> reaction, Traffic traffic) {
        if (traffic.acks().counting()) {
            tell(reaction, traffic.acks());
        }
    }

    /** Takes what tells what the peer has handled, after our end tag, behind which nothing may be written. */
    Traffic afterEnd(Reaction<?> reaction, Traffic traffic, XmlElement element) {
        Acks acks = traffic.acks();
        String name = element.name().namespace().equals(Xmlns.ACKS) && acks.tracked()
                ? element.name().local()
                : "";
        Optional<Acks> told = name.equals("a")
                ? Acks.count(element.attribute("h").orElse("")).flatMap(acks::withAcknowledged)
                : Optional.empty();
        if (told.isPresent()) {
            letGo(reaction, acks, told.get());
            return traffic.with(told.get());
        } else if (name.equals("failed") && !acks.counting()) {
            return traffic.with(giveUp(reaction, acks));
        } else if (name.equals("enabled")) {
            return traffic.with(acks.counted());
        }
        reaction.ignored("what was not asked for, after our end of the stream");
        return traffic;
    }

    private static Acks tell(Reaction<?> reaction, Acks acks) {
        reaction.write(Nonzas.acknowledgement(acks.h()));
        return acks.told();
    }

    /** We ask the peer for acknowledgements; its answer is not waited for, since some never give one. */
    Traffic enable(Reaction<?> reaction, Traffic traffic) {
        reaction.write(Nonzas.empty(Xmlns.ACKS, "enable")).effect(new StreamEffect.Acknowledging(true));
        return traffic.with(traffic.acks().tracking());
    }

    /**
     * What became of an element of stream management.
     *
     * @param fault what is wrong with it; the stream ends
     */
    record Managed(Traffic traffic, Optional<Fault> fault) {}

    /**
     * A fault that ends the stream.
     *
     * @param detail beside the condition
     */
    record Fault(StreamErrorCondition condition, String text, Optional<XmlElement> detail) {}

    /** Takes an element of stream management on a stream that we opened. */
    Managed onOurs(Reaction<?> reaction, Traffic traffic, XmlElement element) {
        Acks acks = traffic.acks();
        boolean enabling = acks.tracked() && !acks.counting();
        return switch (element.name().local()) {
            case "enabled" -> managed(traffic, enabling ? acks.counted() : acks);
            case "failed" -> managed(traffic, enabling ? giveUp(reaction, acks) : acks);
            case "enable", "resume" -> refuse(reaction, traffic, "unexpected-request");
            default -> onEither(reaction, traffic, element);
        };
    }

    /** Takes an element of stream management on a stream that the peer opened and authenticated. */
    Managed onTheirs(Reaction<?> reaction, Traffic traffic, XmlElement element) {
        return switch (element.name().local()) {
            case "enable" -> enabled(reaction, traffic);
            case "resume" -> refuse(reaction, traffic, "item-not-found");
            default -> onEither(reaction, traffic, element);
        };
    }

    private Managed enabled(Reaction<?> reaction, Traffic traffic) {
        if (!extensions.acknowledgements()) {
            return refuse(reaction, traffic, "feature-not-implemented");
        } else if (traffic.acks().counting()) {
            return refuse(reaction, traffic, "unexpected-request");
        }
        reaction.write(Nonzas.empty(Xmlns.ACKS, "enabled")).effect(new StreamEffect.Acknowledging(true));
        return managed(traffic, traffic.acks().counted().tracking());
    }

    /** Also on a stream that is not authenticated, where it is too early for everything. */
    Managed refuse(Reaction<?> reaction, Traffic traffic, String condition) {
        reaction.write(Nonzas.acknowledgementsFailed(condition));
        return managed(traffic, traffic.acks());
    }

    private Managed onEither(Reaction<?> reaction, Traffic traffic, XmlElement element) {
        Acks acks = traffic.acks();
        if (element.name().local().equals("r") && acks.counting()) {
            return managed(traffic, tell(reaction, acks));
        } else if (element.name().local().equals("a") && acks.tracked()) {
            return acknowledged(reaction, traffic, element);
        }
        reaction.ignored("an element of stream management that answers nothing");
        return managed(traffic, acks);
    }

    private Managed acknowledged(Reaction<?> reaction, Traffic traffic, XmlElement element) {
        Acks acks = traffic.acks();
        String h = element.attribute("h").orElse("");
        Optional<Long> count = Acks.count(h);
        if (count.isEmpty()) {
            Fault fault = new Fault(StreamErrorCondition.BAD_FORMAT, "h is a count of 32 bits", Optional.empty());
            return new Managed(traffic, Optional.of(fault));
        }
        Optional<Acks> after = acks.withAcknowledged(count.get());
        if (after.isEmpty()) {
            XmlElement detail = Nonzas.handledCountTooHigh(h, Acks.onWire(acks.sent()));
            return new Managed(
                    traffic,
                    Optional.of(new Fault(
                            StreamErrorCondition.UNDEFINED_CONDITION,
                            "h goes beyond what was sent, or back",
                            Optional.of(detail))));
        }
        letGo(reaction, acks, after.get());
        return managed(traffic, afterAnswer(reaction, after.get()));
    }

    private static void letGo(Reaction<?> reaction, Acks before, Acks after) {
        int more = (int) (after.acknowledged() - before.acknowledged());
        if (more > 0) {
            reaction.effect(new StreamEffect.Acknowledged(more));
        }
    }

    private Acks afterAnswer(Reaction<?> reaction, Acks acks) {
        if (acks.unacknowledged() > 0) {
            reaction.effect(new StreamEffect.Schedule(StreamTimer.ACK, extensions.askAfter()));
            return acks.withTimed(true);
        }
        reaction.effect(new StreamEffect.Cancel(StreamTimer.ACK));
        return acks.withTimed(false);
    }

    private static Acks giveUp(Reaction<?> reaction, Acks acks) {
        reaction.effect(new StreamEffect.Acknowledged((int) acks.unacknowledged()))
                .effect(new StreamEffect.Acknowledging(false))
                .effect(new StreamEffect.Cancel(StreamTimer.ACK));
        return acks.untracked();
    }

    private static Managed managed(Traffic traffic, Acks acks) {
        return new Managed(traffic.with(acks), Optional.empty());
    }
}
