package io.wavegate.s2s.wave;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.wavegate.s2s.Xml;
import io.wavegate.s2s.stanza.Addresses;
import io.wavegate.s2s.stanza.Namespaces;
import io.wavegate.s2s.stanza.StanzaExcerpt;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.wavelet.conformance.VectorFile;
import io.wavegate.wavelet.trust.Certificates;
import io.wavegate.wavelet.trust.TrustPolicy;
import java.io.InputStream;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What three servers of the reference said to each other, in the order in which it was recorded. */
final class Captured {
    private final List<Stanza> stanzas = new ArrayList<>();

    private Captured() {}

    /**
     * One stanza.
     *
     * @param peer at whose component connection it was seen: a, b or c
     * @param out whether that peer wrote it, else it was delivered to it
     */
    record Stanza(int number, String peer, boolean out, XmlElement xml) {
        Addresses addresses() {
            return Addresses.of(xml);
        }

        boolean isAnswer() {
            String type = xml.attribute("type").orElse("");
            return type.equals("result") || type.equals("error") || hasReceipt();
        }

        boolean hasReceipt() {
            return xml.child(Namespaces.RECEIPTS, "received").isPresent();
        }

        boolean isPresence() {
            return xml.name().local().equals("presence");
        }

        Optional<XmlElement> find(String waveLocal) {
            return all(xml, Namespaces.WAVE, waveLocal).stream().findFirst();
        }

        /** The applied deltas in it. */
        List<ByteString> deltas() {
            return all(xml, Namespaces.WAVE, "applied-delta").stream()
                    .map(Captured::bytes)
                    .toList();
        }

        @Override
        public String toString() {
            return number + " " + StanzaExcerpt.of(xml);
        }
    }

    static Captured load() {
        String name = "captured-stanzas.json.gz";
        try (InputStream in = Captured.class.getResourceAsStream("/vectors/" + name)) {
            Captured captured = new Captured();
            int number = 0;
            for (JsonNode theCase : VectorFile.read(name, in).cases()) {
                String text = theCase.required("stanza").textValue();
                if (text.startsWith("<iq") || text.startsWith("<message") || text.startsWith("<presence")) {
                    captured.stanzas.add(new Stanza(
                            number,
                            theCase.required("peer").textValue(),
                            theCase.required("direction").textValue().equals("out"),
                            Xml.stanza(text)));
                }
                number++;
            }
            return captured;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Everything seen at a peer's connection. */
    List<Stanza> at(String peer) {
        return stanzas.stream().filter(stanza -> stanza.peer().equals(peer)).toList();
    }

    /** What a peer answered to a request that it got; empty if it was silent. */
    Optional<Stanza> answerTo(Stanza request) {
        Addresses wanted = request.addresses().reversed();
        return stanzas.stream()
                .filter(answer -> answer.peer().equals(request.peer())
                        && answer.out() != request.out()
                        && answer.number() > request.number()
                        && answer.isAnswer()
                        && answer.addresses().equals(wanted))
                .findFirst();
    }

    /** The longest recorded answer about the history of a wavelet from version 0. */
    List<ByteString> longestHistory(String wavelet) {
        return at("a").stream()
                .filter(request -> !request.out()
                        && request.find("delta-history")
                                .filter(asked -> asked.attribute("wavelet-name").equals(Optional.of(wavelet))
                                        && asked.attribute("start-version").equals(Optional.of("0")))
                                .isPresent())
                .flatMap(request -> answerTo(request).stream())
                .map(Stanza::deltas)
                .reduce(List.of(), (longest, next) -> next.size() > longest.size() ? next : longest);
    }

    /** The roots of the recorded servers: the last certificate of each chain. */
    Set<X509Certificate> roots() throws Exception {
        Set<X509Certificate> roots = new LinkedHashSet<>();
        for (Stanza stanza : stanzas) {
            if (stanza.peer().equals("a")
                    && !stanza.isAnswer()
                    && stanza.find("signature").isPresent()
                    && answerTo(stanza)
                            .filter(answer -> answer.find("signature-response").isPresent())
                            .isPresent()) {
                List<XmlElement> chain = stanza.find("signature").orElseThrow().elements();
                roots.add(Certificates.parse(bytes(chain.get(chain.size() - 1))));
            }
        }
        return roots;
    }

    TrustPolicy trust(X509Certificate also) throws Exception {
        List<X509Certificate> all = new ArrayList<>(roots());
        all.add(also);
        return TrustPolicy.of(all);
    }

    static ByteString bytes(XmlElement base64) {
        return ByteString.copyFrom(Base64.getMimeDecoder().decode(base64.text()));
    }

    /** All elements of a name, wherever they are. */
    static List<XmlElement> all(XmlElement in, String namespace, String local) {
        List<XmlElement> found = new ArrayList<>();
        for (XmlElement child : in.elements()) {
            if (child.is(namespace, local)) {
                found.add(child);
            }
            found.addAll(all(child, namespace, local));
        }
        return found;
    }
}
