package io.wavegate.s2s.federation;

import io.wavegate.s2s.stanza.Addresses;
import io.wavegate.s2s.stanza.ErrorCondition;
import io.wavegate.s2s.stanza.IqType;
import io.wavegate.s2s.stanza.Namespaces;
import io.wavegate.s2s.stanza.StanzaError;
import io.wavegate.s2s.stanza.Stanzas;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.wavelet.api.WaveletUpdate;
import java.util.List;
import java.util.Optional;

/**
 * Tells what a stanza is. An IQ request always gets an answer, an error or result never (RFC 6120 section 8.3.1).
 *
 * <p>Wave stanzas count only from a bare domain: a user of the other domain's XMPP server passes that domain's
 * authentication too, and is not its wave server.
 */
public final class IncomingReader {
    private IncomingReader() {}

    /** Reads one stanza. */
    public static Incoming read(XmlElement stanza) {
        return switch (stanza.name().local()) {
            case "iq" -> readIq(stanza);
            case "message" -> readMessage(stanza);
            // Presence: nobody here has one, and who asks for it is not told who is here (RFC 6121 section 8.5.1).
            default -> new Incoming.Ignored(stanza.name().local());
        };
    }

    private static Incoming readIq(XmlElement iq) {
        Addresses answer = Addresses.of(iq).reversed();
        Optional<IqType> type = iq.attribute("type").flatMap(IqType::ofWire);
        if (type.isEmpty()) {
            return refused("iq", answer, ErrorCondition.BAD_REQUEST, "The iq has no valid type.");
        }
        boolean isAnswer = type.get().isAnswer();
        if (answer.id().isEmpty()) {
            return isAnswer
                    ? new Incoming.Ignored("answer without id")
                    : refused("iq", answer, ErrorCondition.BAD_REQUEST, "The iq has no id.");
        }
        if (isAnswer) {
            return new Incoming.Answer(answer.id(), iq);
        }
        if (iq.elements().size() != 1) {
            return refused("iq", answer, ErrorCondition.BAD_REQUEST, "The iq has not exactly one child.");
        }
        return readRequest(iq.elements().get(0), type.get() == IqType.GET, answer);
    }

    private static Incoming readRequest(XmlElement payload, boolean get, Addresses answer) {
        if (!isDomain(answer.from())) {
            return refused("iq", answer, ErrorCondition.SERVICE_UNAVAILABLE, "Nobody of that address is here.");
        }
        if (payload.is(Namespaces.PUBSUB, "pubsub")) {
            return readPubsub(payload, get, answer);
        }
        Optional<FederationRequest> request = get ? readQuery(payload) : Optional.empty();
        if (request.isEmpty()) {
            return refused("iq", answer, ErrorCondition.SERVICE_UNAVAILABLE, "No such service here.");
        }
        return new Incoming.Request(answer, request.get());
    }

    private static Optional<FederationRequest> readQuery(XmlElement payload) {
        if (payload.is(Namespaces.PING, "ping")) {
            return Optional.of(new FederationRequest.Ping());
        }
        if (payload.is(Namespaces.DISCO_INFO, "query")) {
            return Optional.of(new FederationRequest.DiscoInfo(payload.attribute("node")));
        }
        if (payload.is(Namespaces.DISCO_ITEMS, "query")) {
            return Optional.of(new FederationRequest.DiscoItems(payload.attribute("node")));
        }
        return Optional.empty();
    }

    private static Incoming readPubsub(XmlElement pubsub, boolean get, Addresses answer) {
        if (!isDomain(answer.to())) {
            return refused("iq", answer, ErrorCondition.NOT_AUTHORIZED, "Only a wave server may ask that.");
        }
        try {
            XmlElement command = Fields.child(pubsub, Namespaces.PUBSUB, get ? "items" : "publish");
            String node = Fields.required(command, "node");
            return new Incoming.Request(answer, readCommand(pubsub, node, get));
        } catch (BadStanzaException e) {
            return refused("iq", answer, ErrorCondition.BAD_REQUEST, e.text());
        }
    }

    private static FederationRequest readCommand(XmlElement pubsub, String node, boolean get)
            throws BadStanzaException {
        if (node.equals(Pubsub.WAVELET_NODE)) {
            return get
                    ? new FederationRequest.AskHistory(HistoryCodec.readRequest(pubsub))
                    : new FederationRequest.Submit(SubmitCodec.readRequest(pubsub));
        }
        if (node.equals(Pubsub.SIGNER_NODE)) {
            return get
                    ? new FederationRequest.AskSigner(SignerCodec.readRequest(pubsub))
                    : new FederationRequest.PostSigner(SignerCodec.readPost(pubsub));
        }
        throw new BadStanzaException("The node is neither wavelet nor signer.");
    }

    private static Incoming readMessage(XmlElement message) {
        Addresses answer = Addresses.of(message).reversed();
        if (message.attribute("type").filter("error"::equals).isPresent()) {
            return answer.id().isEmpty()
                    ? new Incoming.Ignored("error without id")
                    : new Incoming.Answer(answer.id(), message);
        }
        Optional<String> received = Receipts.receivedId(message);
        if (received.isPresent()) {
            return new Incoming.Answer(received.get(), message);
        }
        Optional<XmlElement> event = message.child(Namespaces.PUBSUB_EVENT, "event");
        if (event.isPresent()) {
            return readUpdate(message, event.get(), answer);
        }
        if (message.child(Namespaces.WAVE, "ping").isPresent() && isDomain(answer.from())) {
            return new Incoming.Request(answer, new FederationRequest.WavePing());
        }
        // The reference says bad-request; to a person's server, which may send it, that would be the sender's own
        // mistake.
        return refused("message", answer, ErrorCondition.SERVICE_UNAVAILABLE, "Only wave messages are handled here.");
    }

    private static Incoming readUpdate(XmlElement message, XmlElement event, Addresses answer) {
        if (!isDomain(answer.to()) || !isDomain(answer.from())) {
            return refused("message", answer, ErrorCondition.NOT_AUTHORIZED, "Only a wave server may tell that.");
        }
        boolean receipt = Receipts.requested(message);
        try {
            if (receipt && answer.id().isEmpty()) {
                throw new BadStanzaException("A receipt is asked for a message without id.");
            }
            List<WaveletUpdate> updates = UpdateCodec.read(event);
            String domain = updates.get(0).wavelet().waveletDomain();
            if (updates.stream()
                    .anyMatch(update -> !update.wavelet().waveletDomain().equals(domain))) {
                throw new BadStanzaException("The updates are of wavelets of several domains.");
            }
            return new Incoming.Request(answer, new FederationRequest.Update(updates, receipt));
        } catch (BadStanzaException e) {
            return refused("message", answer, ErrorCondition.BAD_REQUEST, e.text());
        }
    }

    private static boolean isDomain(String address) {
        return address.indexOf('@') < 0 && address.indexOf('/') < 0;
    }

    private static Incoming refused(String stanza, Addresses answer, ErrorCondition condition, String text) {
        return new Incoming.Refused(Stanzas.error(stanza, answer, StanzaError.of(condition, text)));
    }
}
