package io.wavegate.s2s.wave;

import com.google.protobuf.ByteString;
import io.wavegate.s2s.entity.FakeNetwork;
import io.wavegate.s2s.stanza.Addresses;
import io.wavegate.s2s.stanza.ErrorCondition;
import io.wavegate.s2s.stanza.Namespaces;
import io.wavegate.s2s.stanza.StanzaError;
import io.wavegate.s2s.stanza.Stanzas;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.wavelet.api.SignerInfo;
import io.wavegate.wavelet.trust.SignerId;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The recorded host, as one of the recorded peers saw it: what that peer asked is answered with what it was answered. Only
 * the answers are the recording's; questions may be put in another order, or not at all.
 */
final class CapturedHost {
    private final Captured captured;
    private final String peer;
    private final NetworkPeer network;

    /**
     * @param peer whose questions were recorded
     * @param domain the host's
     */
    CapturedHost(Captured captured, String peer, FakeNetwork network, String domain) {
        this.captured = captured;
        this.peer = peer;
        this.network = new NetworkPeer(network, domain, List.of("wave." + domain));
        this.network.onWave(this::received);
    }

    NetworkPeer network() {
        return network;
    }

    private void received(XmlElement stanza) {
        if (stanza.attribute("type").filter("get"::equals).isEmpty()) {
            return;
        }
        Addresses back = Addresses.of(stanza).reversed();
        Optional<XmlElement> payload = question(stanza, "delta-history", List.of("wavelet-name", "start-version"))
                .or(() -> signer(stanza));
        network.send(payload.map(answer -> Stanzas.result(back, List.of(answer)))
                .orElseGet(() ->
                        Stanzas.error("iq", back, StanzaError.of(ErrorCondition.BAD_REQUEST, "not in the recording"))));
    }

    private Optional<XmlElement> question(XmlElement stanza, String local, List<String> attributes) {
        Optional<XmlElement> asked = find(stanza, local);
        return asked.flatMap(ours -> captured.at(peer).stream()
                .filter(Captured.Stanza::out)
                .filter(theirs -> theirs.find(local)
                        .filter(question -> attributes.stream()
                                .allMatch(name -> question.attribute(name).equals(ours.attribute(name))))
                        .isPresent())
                .flatMap(theirs -> captured.answerTo(theirs).stream())
                .map(answer -> answer.xml().elements().get(0))
                .findFirst());
    }

    /** Whatever was recorded of the signer, posted or asked for. */
    private Optional<XmlElement> signer(XmlElement stanza) {
        return find(stanza, "signer-request")
                .flatMap(asked -> asked.attribute("signer-id"))
                .flatMap(id -> captured.at(peer).stream()
                        .flatMap(any -> any.find("signature").stream())
                        .filter(signature -> isOf(signature, id))
                        .findFirst())
                .map(signature -> XmlElement.builder(Namespaces.PUBSUB, "pubsub")
                        .child(XmlElement.builder(Namespaces.PUBSUB, "items")
                                .child(signature)
                                .build())
                        .build());
    }

    private static boolean isOf(XmlElement signature, String id) {
        if (!signature.attribute("algorithm").equals(Optional.of("SHA256"))) {
            return false;
        }
        List<ByteString> chain =
                signature.elements().stream().map(Captured::bytes).toList();
        if (chain.isEmpty() || chain.stream().anyMatch(ByteString::isEmpty)) {
            return false;
        }
        SignerInfo info = new SignerInfo(
                SignerInfo.HashAlgorithm.SHA256, signature.attribute("domain").orElse(""), chain);
        try {
            return Base64.getEncoder()
                    .encodeToString(SignerId.of(info).toByteArray())
                    .equals(id);
        } catch (RuntimeException broken) {
            return false;
        }
    }

    private static Optional<XmlElement> find(XmlElement stanza, String waveLocal) {
        return Captured.all(stanza, Namespaces.WAVE, waveLocal).stream().findFirst();
    }
}
