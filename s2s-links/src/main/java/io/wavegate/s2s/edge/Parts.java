package io.wavegate.s2s.edge;

import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.s2s.xml.XmlSize;
import java.util.ArrayList;
import java.util.List;

/** Cuts batches into parts that fit into messages between nodes. */
public final class Parts {
    /** Of a message, but for a single stanza that is larger. The largest message is some times that (pekko-node.conf). */
    private static final long MOST = 200_000;

    private Parts() {}

    /** The same stanzas in the same order; never an empty part. */
    public static List<List<XmlElement>> of(List<XmlElement> stanzas) {
        List<List<XmlElement>> parts = new ArrayList<>(1);
        List<XmlElement> part = new ArrayList<>();
        long size = 0;
        for (XmlElement stanza : stanzas) {
            long more = XmlSize.of(stanza);
            if (!part.isEmpty() && size + more > MOST) {
                parts.add(part);
                part = new ArrayList<>();
                size = 0;
            }
            part.add(stanza);
            size += more;
        }
        if (!part.isEmpty()) {
            parts.add(part);
        }
        return parts;
    }
}
