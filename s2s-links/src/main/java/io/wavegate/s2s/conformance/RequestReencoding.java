package io.wavegate.s2s.conformance;

import io.wavegate.s2s.federation.DiscoCodec;
import io.wavegate.s2s.federation.FederationRequest;
import io.wavegate.s2s.federation.HistoryCodec;
import io.wavegate.s2s.federation.SignerCodec;
import io.wavegate.s2s.federation.SubmitCodec;
import io.wavegate.s2s.federation.UpdateCodec;
import io.wavegate.s2s.stanza.Namespaces;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.wavelet.conformance.CaseResult;
import java.util.ArrayList;
import java.util.List;

/** Judges requests that we would take: read by our codecs and written again they must mean the same. */
final class RequestReencoding {
    private RequestReencoding() {}

    static CaseResult judge(XmlElement stanza, FederationRequest request) {
        if (request instanceof FederationRequest.Update update) {
            return update(stanza, update);
        }
        if (request instanceof FederationRequest.Ping) {
            return new CaseResult.DiffersByDecision(
                    StanzaDecisions.OTHER_REQUESTS, "XEP-0199 ping: the reference refuses, we answer");
        }
        if (request instanceof FederationRequest.WavePing || request instanceof FederationRequest.DiscoInfo) {
            return CaseResult.passed();
        }
        return CaseResult.equal("request", CanonicalXml.of(stanza.elements().get(0)), CanonicalXml.of(again(request)));
    }

    private static XmlElement again(FederationRequest request) {
        if (request instanceof FederationRequest.Submit submit) {
            return SubmitCodec.request(submit.request());
        }
        if (request instanceof FederationRequest.PostSigner post) {
            return SignerCodec.post(post.signer());
        }
        if (request instanceof FederationRequest.AskSigner ask) {
            return SignerCodec.request(ask.request());
        }
        if (request instanceof FederationRequest.AskHistory ask) {
            return HistoryCodec.request(ask.request());
        }
        return DiscoCodec.query(Namespaces.DISCO_ITEMS);
    }

    private static CaseResult update(XmlElement stanza, FederationRequest.Update request) {
        List<String> expected = new ArrayList<>();
        boolean several = waveletUpdates(stanza, expected);
        List<String> actual = new ArrayList<>();
        request.updates().forEach(update -> waveletUpdates(wrapped(UpdateCodec.event(update)), actual));
        CaseResult result = CaseResult.equal("updates", expected, actual);
        return several && result instanceof CaseResult.Passed
                ? new CaseResult.DiffersByDecision(
                        StanzaDecisions.EVERY_UPDATE, "the reference looks at the first update of an item only")
                : result;
    }

    private static XmlElement wrapped(XmlElement event) {
        return XmlElement.builder(Namespaces.SERVER, "message").child(event).build();
    }

    /** @return whether an item has several */
    private static boolean waveletUpdates(XmlElement message, List<String> found) {
        boolean several = false;
        for (XmlElement event : message.elements()) {
            for (XmlElement items : event.elements()) {
                for (XmlElement item : items.elements()) {
                    item.elements().forEach(update -> found.add(CanonicalXml.of(update)));
                    several |= item.elements().size() > 1;
                }
            }
        }
        return several;
    }
}
