package io.wavegate.s2s.federation;

import io.wavegate.s2s.stanza.Namespaces;
import io.wavegate.s2s.xml.XmlElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Service discovery as far as Wave uses it (spec section 2, XEP-0030). */
public final class DiscoCodec {
    /** More items of a peer than this are not looked at: they are input from a stranger. */
    static final int MAX_ITEMS = 256;

    private static final List<String> FEATURES = List.of(
            Namespaces.DISCO_INFO, Namespaces.DISCO_ITEMS, Namespaces.RECEIPTS, Namespaces.PING, Namespaces.WAVE);

    private DiscoCodec() {}

    /** A query for items or information. */
    public static XmlElement query(String namespace) {
        return XmlElement.builder(namespace, "query").build();
    }

    /** What we say of ourselves. The node is mirrored and not looked at, like the reference. */
    public static XmlElement ownInfo(Optional<String> node) {
        XmlElement.Builder query = XmlElement.builder(Namespaces.DISCO_INFO, "query");
        node.ifPresent(name -> query.attribute("node", name));
        query.child(XmlElement.builder(Namespaces.DISCO_INFO, "identity")
                .attribute("category", "collaboration")
                .attribute("type", "google-wave")
                .attribute("name", "Wavegate")
                .build());
        for (String feature : FEATURES) {
            query.child(XmlElement.builder(Namespaces.DISCO_INFO, "feature")
                    .attribute("var", feature)
                    .build());
        }
        return query.build();
    }

    /**
     * Our items: components that connect to us, and nothing of our own, so that a peer asks our domain itself, which has the
     * wave feature (spec section 2).
     */
    public static XmlElement ownItems(Optional<String> node, List<String> addresses) {
        XmlElement.Builder query = XmlElement.builder(Namespaces.DISCO_ITEMS, "query");
        node.ifPresent(name -> query.attribute("node", name));
        for (String address : node.isEmpty() ? addresses : List.<String>of()) {
            query.child(XmlElement.builder(Namespaces.DISCO_ITEMS, "item")
                    .attribute("jid", address)
                    .build());
        }
        return query.build();
    }

    /** Whether a result of disco#info has the wave feature; the identity is not looked at. */
    public static boolean isWave(XmlElement result) {
        return result.child(Namespaces.DISCO_INFO, "query").stream()
                .flatMap(query -> query.elements().stream())
                .anyMatch(child -> child.is(Namespaces.DISCO_INFO, "feature")
                        && child.attribute("var")
                                .filter(Namespaces.WAVE::equals)
                                .isPresent());
    }

    /** The addresses in a result of disco#items, in order, the first {@value #MAX_ITEMS} of them. */
    public static List<String> items(XmlElement result) {
        List<String> addresses = new ArrayList<>();
        for (XmlElement query : result.elements()) {
            for (XmlElement item : query.elements()) {
                if (addresses.size() < MAX_ITEMS && item.is(Namespaces.DISCO_ITEMS, "item")) {
                    item.attribute("jid").ifPresent(addresses::add);
                }
            }
        }
        return addresses;
    }
}
