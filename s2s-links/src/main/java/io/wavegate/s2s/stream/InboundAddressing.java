package io.wavegate.s2s.stream;

import io.wavegate.s2s.xml.StreamErrorCondition;
import io.wavegate.s2s.xml.XmlElement;
import java.util.Optional;

/** May this stanza pass? (spec 12): compared after preparation, and a sub-domain is another domain. */
sealed interface InboundAddressing {
    /** It may. */
    record Passes(DomainPair pair) implements InboundAddressing {}

    /** It ends the stream. */
    record Fails(StreamErrorCondition condition, String text) implements InboundAddressing {}

    static InboundAddressing judge(XmlElement stanza, Session session, ReceivingTerms terms) {
        Optional<String> from = Incoming.domainOfJid(stanza, "from");
        Optional<String> to = Incoming.domainOfJid(stanza, "to");
        if (from.isEmpty() || to.isEmpty()) {
            return new Fails(StreamErrorCondition.IMPROPER_ADDRESSING, "a stanza needs two addresses");
        }
        DomainPair pair = new DomainPair(to.get(), from.get());
        if (session.pairs().contains(pair)) {
            return terms.serves(pair.local())
                    ? new Passes(pair)
                    : new Fails(StreamErrorCondition.HOST_GONE, "the domain is not served here any more");
        } else if (session.pairs().stream().noneMatch(p -> p.remote().equals(pair.remote()))) {
            return new Fails(StreamErrorCondition.INVALID_FROM, "this domain was not authenticated on this stream");
        }
        return terms.serves(pair.local())
                ? new Fails(StreamErrorCondition.NOT_AUTHORIZED, "this pair of domains was not authenticated")
                : new Fails(StreamErrorCondition.HOST_UNKNOWN, "the domain is not served here");
    }
}
