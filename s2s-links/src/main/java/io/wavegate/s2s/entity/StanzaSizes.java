package io.wavegate.s2s.entity;

import io.wavegate.s2s.stream.DomainPair;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How large stanzas may be, and what fits into them. A peer that takes less than is customary says so on its streams
 * (XEP-0478); what it said is remembered, so that only the first update is split a second time.
 */
final class StanzaSizes {
    /** What a stanza has besides its base64. */
    static final long FRAME_BYTES = 512;

    /** Peers that take less are few. */
    private static final int MAX_REMEMBERED = 1_000;

    private final long usualContent;
    private final Map<DomainPair, Long> contents = new LinkedHashMap<>();

    /** @param usualContent bytes of content in one stanza to a peer that said nothing */
    StanzaSizes(long usualContent) {
        this.usualContent = usualContent;
    }

    synchronized long contentFor(DomainPair link) {
        return contents.getOrDefault(link, usualContent);
    }

    /** @return what fits into a stanza of so many bytes */
    synchronized long learn(DomainPair link, int stanzaBytes) {
        long content = Math.max(1, (stanzaBytes - FRAME_BYTES) / 4 * 3);
        if (content < usualContent) {
            contents.put(link, content);
        }
        if (contents.size() > MAX_REMEMBERED) {
            contents.remove(contents.keySet().iterator().next());
        }
        return content;
    }

    /** Base64 is a third larger. */
    static long stanzaBytes(long contentBytes) {
        return contentBytes / 3 * 4 + FRAME_BYTES;
    }
}
