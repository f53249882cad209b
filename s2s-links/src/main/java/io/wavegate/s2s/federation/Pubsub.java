package io.wavegate.s2s.federation;

import io.wavegate.s2s.stanza.Namespaces;
import io.wavegate.s2s.xml.XmlElement;
import java.util.Optional;

/** The publish-subscribe wrapping of Wave's requests and answers (spec 3.3 to 3.6). */
final class Pubsub {
    static final String WAVELET_NODE = "wavelet";
    static final String SIGNER_NODE = "signer";

    private Pubsub() {}

    /** {@code pubsub/publish/item/payload}; an answer's {@code publish} has no node. */
    static XmlElement publish(Optional<String> publishNode, Optional<String> itemNode, XmlElement payload) {
        XmlElement.Builder publish = element("publish");
        publishNode.ifPresent(node -> publish.attribute("node", node));
        XmlElement.Builder item = element("item");
        itemNode.ifPresent(node -> item.attribute("node", node));
        return wrap(publish.child(item.child(payload).build()).build());
    }

    /** {@code pubsub/items/payload} with a node, as a request. */
    static XmlElement items(String node, XmlElement payload) {
        return wrap(element("items").attribute("node", node).child(payload).build());
    }

    static XmlElement.Builder element(String local) {
        return XmlElement.builder(Namespaces.PUBSUB, local);
    }

    static XmlElement wrap(XmlElement content) {
        return element("pubsub").child(content).build();
    }

    /** The wave element in {@code pubsub/publish/item}. */
    static XmlElement published(XmlElement pubsub, String local) throws BadStanzaException {
        XmlElement publish = Fields.child(pubsub, Namespaces.PUBSUB, "publish");
        XmlElement item = Fields.child(publish, Namespaces.PUBSUB, "item");
        return Fields.child(item, Namespaces.WAVE, local);
    }

    /** The wave element in {@code pubsub/items}. */
    static XmlElement listed(XmlElement pubsub, String local) throws BadStanzaException {
        return Fields.child(Fields.child(pubsub, Namespaces.PUBSUB, "items"), Namespaces.WAVE, local);
    }
}
