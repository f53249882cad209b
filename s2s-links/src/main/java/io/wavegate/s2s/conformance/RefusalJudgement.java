package io.wavegate.s2s.conformance;

import io.wavegate.s2s.stanza.ErrorCondition;
import io.wavegate.s2s.stanza.Namespaces;
import io.wavegate.s2s.stanza.StanzaError;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.wavelet.conformance.CaseResult;
import io.wavegate.wavelet.conformance.CaseResult.DiffersByDecision;
import io.wavegate.wavelet.model.WaveletName;
import java.util.Optional;

/** Judges stanzas that we refuse, by what the reference does with such a stanza (spec 3.1, 9.3, 9.4). */
final class RefusalJudgement {
    private RefusalJudgement() {}

    static CaseResult judge(XmlElement stanza, XmlElement reply) {
        StanzaError error = StanzaError.in(reply);
        if (error.condition() == ErrorCondition.SERVICE_UNAVAILABLE) {
            return new DiffersByDecision(StanzaDecisions.OTHER_REQUESTS, error.text());
        }
        if (error.condition() != ErrorCondition.BAD_REQUEST) {
            return new CaseResult.Failed("refused by " + error.condition().wire() + ": " + error.text());
        }
        if (isSilent(stanza)) {
            return new DiffersByDecision(StanzaDecisions.ANSWER_INSTEAD_OF_SILENCE, error.text());
        }
        return isReceipted(stanza)
                ? new DiffersByDecision(StanzaDecisions.NO_RECEIPT_FOR_NOTHING, error.text())
                : CaseResult.passed();
    }

    /** Spec 9.4: the reference's handler throws. */
    private static boolean isSilent(XmlElement stanza) {
        if (stanza.name().local().equals("iq")) {
            Optional<XmlElement> pubsub = stanza.child(Namespaces.PUBSUB, "pubsub");
            return stanza.elements().isEmpty() || (pubsub.isPresent() && isSilentPubsub(stanza, pubsub.get()));
        }
        return find(stanza, "wavelet-update")
                .filter(RefusalJudgement::isSilentUpdate)
                .isPresent();
    }

    private static boolean isSilentPubsub(XmlElement iq, XmlElement pubsub) {
        boolean get = iq.attribute("type").filter("get"::equals).isPresent();
        Optional<XmlElement> command = pubsub.child(Namespaces.PUBSUB, get ? "items" : "publish");
        if (command.isEmpty() || command.get().attribute("node").isEmpty()) {
            return true;
        }
        Optional<XmlElement> history = find(pubsub, "delta-history");
        Optional<XmlElement> signer = find(pubsub, "signer-request");
        boolean badName = hasBadName(history) || hasBadName(signer) || hasBadName(find(pubsub, "delta"));
        boolean reversed =
                history.isPresent() && number(history.get(), "start-version") >= number(history.get(), "end-version");
        boolean ofNothing = signer.isPresent() && number(signer.get(), "version") == 0;
        return badName || reversed || ofNothing;
    }

    private static boolean isSilentUpdate(XmlElement update) {
        Optional<XmlElement> commit = find(update, "commit-notice");
        return update.attribute("wavelet-name").isEmpty()
                || hasBadName(Optional.of(update))
                || (commit.isPresent() && commit.get().attribute("history-hash").isEmpty());
    }

    private static boolean isReceipted(XmlElement stanza) {
        return stanza.child(Namespaces.PUBSUB_EVENT, "event")
                .flatMap(event -> event.child(Namespaces.PUBSUB_EVENT, "items"))
                .flatMap(items -> items.child(Namespaces.PUBSUB_EVENT, "item"))
                .isPresent();
    }

    /** Percent-encoding that is no UTF-8 is the one fault in a name that the reference answers (spec 9.3). */
    private static boolean hasBadName(Optional<XmlElement> named) {
        return named.flatMap(element -> element.attribute("wavelet-name"))
                .filter(name -> WaveletName.parseUri(name).isEmpty())
                .filter(name -> !name.matches("wave://[^/%]+/[^/%]*(%[0-9A-Fa-f]{2}[^/%]*)+/[^/%]+"))
                .isPresent();
    }

    private static long number(XmlElement element, String attribute) {
        String text = element.attribute(attribute).orElse("");
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1;
    }

    private static Optional<XmlElement> find(XmlElement element, String waveLocal) {
        for (XmlElement child : element.elements()) {
            Optional<XmlElement> found =
                    child.is(Namespaces.WAVE, waveLocal) ? Optional.of(child) : find(child, waveLocal);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
