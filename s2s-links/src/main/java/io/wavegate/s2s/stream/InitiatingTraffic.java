package io.wavegate.s2s.stream;

import io.wavegate.s2s.stream.InitiatingState.Closing;
import io.wavegate.s2s.stream.InitiatingState.Ready;
import io.wavegate.s2s.xml.StreamErrorCondition;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.s2s.xml.Xmlns;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What comes back on a stream that we opened. Without XEP-0288 that is nothing but errors of some servers; with it, stanzas of
 * exactly the domain that the stream was opened to, and of those that it proves on the stream.
 */
final class InitiatingTraffic {
    private final DomainPair pair;
    private final InitiatingTerms terms;
    private final StanzaTraffic traffic;

    InitiatingTraffic(DomainPair pair, InitiatingTerms terms, StanzaTraffic traffic) {
        this.pair = pair;
        this.terms = terms;
        this.traffic = traffic;
    }

    Step<InitiatingState> element(Reaction<InitiatingState> reaction, Ready ready, XmlElement element) {
        if (Incoming.isStanza(element)) {
            return stanza(reaction, ready, ready.reverse(), element);
        }
        return switch (element.name().namespace()) {
            case Xmlns.ACKS -> managed(reaction, ready, element);
            case Xmlns.DIALBACK -> dialback(reaction, ready, element);
            default ->
                reaction.ignored(
                                "an unexpected " + Incoming.brief(element.name().local()))
                        .stay();
        };
    }

    /** Also after our end tag, when what is on its way still counts. */
    Step<InitiatingState> stanza(
            Reaction<InitiatingState> reaction, InitiatingState state, Set<DomainPair> reverse, XmlElement stanza) {
        Optional<String> from = Incoming.domainOfJid(stanza, "from");
        Optional<String> to = Incoming.domainOfJid(stanza, "to");
        if (from.isPresent() && to.isPresent()) {
            DomainPair of = new DomainPair(to.get(), from.get());
            boolean error = stanza.attribute("type").filter("error"::equals).isPresent();
            if (reverse.contains(of) || (error && of.equals(pair))) {
                reaction.effect(new StreamEffect.Deliver(of, stanza));
                return reaction.to(
                        state instanceof Ready ready
                                ? ready.with(ready.traffic()
                                        .with(ready.traffic().acks().withArrived()))
                                : state);
            }
        }
        if (reverse.isEmpty()) {
            // Some servers send errors about what they cannot address back here; they cost a word in the log.
            return reaction.ignored("an unexpected stanza on a stream that we opened")
                    .stay();
        }
        StreamErrorCondition condition = from.isEmpty() || to.isEmpty()
                ? StreamErrorCondition.IMPROPER_ADDRESSING
                : StreamErrorCondition.INVALID_FROM;
        return InitiatingStream.violation(
                reaction, pair, condition, "a stanza that is not from " + pair.remote() + " to " + pair.local());
    }

    /** After our end tag nothing is answered any more. */
    Step<InitiatingState> whileClosing(Reaction<InitiatingState> reaction, Closing closing, XmlElement element) {
        return Incoming.isStanza(element)
                ? stanza(reaction, closing, closing.reverse(), element)
                : reaction.to(new Closing(
                        closing.end(), closing.reverse(), traffic.afterEnd(reaction, closing.traffic(), element)));
    }

    private Step<InitiatingState> managed(Reaction<InitiatingState> reaction, Ready ready, XmlElement element) {
        StanzaTraffic.Managed managed = traffic.onOurs(reaction, ready.traffic(), element);
        return managed.fault().isPresent()
                ? InitiatingStream.fault(reaction, pair, managed.fault().get())
                : reaction.to(ready.with(managed.traffic()));
    }

    /**
     * The other side may prove further domains of its own on a bidirectional stream (XEP-0288 section 2.4). By its certificate
     * alone: a key would have to be verified for a stream whose id its maker chose.
     */
    private Step<InitiatingState> dialback(Reaction<InitiatingState> reaction, Ready ready, XmlElement element) {
        Optional<String> from = Incoming.domain(element, "from");
        Optional<String> to = Incoming.domain(element, "to");
        boolean question = element.attribute("type").isEmpty() && from.isPresent() && to.isPresent();
        if (!question) {
            return reaction.ignored("a db: element that answers nothing").stay();
        } else if (element.name().local().equals("verify")) {
            return reaction.write(DialbackAuthority.answer(element, terms.domains(), terms.key()))
                    .stay();
        } else if (!element.name().local().equals("result")) {
            return reaction.ignored("an unknown dialback element").stay();
        }
        DomainPair asked = new DomainPair(to.get(), from.get());
        DialbackAnswer answer = answer(ready, asked);
        reaction.write(Nonzas.dialbackAnswer(element, answer));
        if (answer != DialbackAnswer.VALID) {
            return reaction.stay();
        }
        CertificateLife.watchTheirs(reaction, ready.certificate(), asked.remote());
        Set<DomainPair> more = new HashSet<>(ready.reverse());
        more.add(asked);
        return reaction.to(new Ready(ready.method(), ready.certificate(), Set.copyOf(more), ready.traffic()));
    }

    private DialbackAnswer answer(Ready ready, DomainPair asked) {
        if (ready.reverse().contains(asked)) {
            return DialbackAnswer.VALID;
        } else if (!terms.domains().contains(asked.local())) {
            return DialbackAnswer.ITEM_NOT_FOUND;
        } else if (ready.reverse().isEmpty() || terms.domains().contains(asked.remote())) {
            return DialbackAnswer.NOT_ACCEPTABLE;
        } else if (ready.reverse().size() >= terms.limits().pairs()) {
            return DialbackAnswer.RESOURCE_CONSTRAINT;
        }
        boolean proved = terms.policy().authentication() != StreamPolicy.Authentication.DIALBACK
                && ready.certificate().forDomain(asked.remote()).isTrusted();
        return proved ? DialbackAnswer.VALID : DialbackAnswer.NOT_AUTHORIZED;
    }
}
