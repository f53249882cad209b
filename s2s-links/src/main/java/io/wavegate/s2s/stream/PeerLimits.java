package io.wavegate.s2s.stream;

import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.s2s.xml.Xmlns;
import java.time.Duration;
import java.util.Optional;

/**
 * What the other side of a stream says it takes (XEP-0478). A peer that says nothing gets what is customary.
 *
 * @param maxBytes of one stanza; {@link Integer#MAX_VALUE} if it did not say
 * @param idle after which silence of ours it may end the stream; zero if it did not say
 */
public record PeerLimits(int maxBytes, Duration idle) {
    /** Of a peer that says nothing. */
    public static final PeerLimits UNKNOWN = new PeerLimits(Integer.MAX_VALUE, Duration.ZERO);

    private static final int MOST_DIGITS = 9;

    /** Reads the limits among features or in a {@code <bidi/>}. */
    static PeerLimits in(XmlElement parent) {
        return parent.child(Xmlns.LIMITS, "limits")
                .map(limits -> new PeerLimits(
                        number(limits, "max-bytes").orElse(Integer.MAX_VALUE),
                        Duration.ofSeconds(number(limits, "idle-seconds").orElse(0))))
                .orElse(UNKNOWN);
    }

    /** As an element; an idle time of zero is not said. */
    static XmlElement element(int maxBytes, Duration idle) {
        XmlElement.Builder limits =
                XmlElement.builder(Xmlns.LIMITS, "limits").child(number("max-bytes", Integer.toString(maxBytes)));
        return idle.isZero()
                ? limits.build()
                : limits.child(number("idle-seconds", Long.toString(idle.toSeconds())))
                        .build();
    }

    private static XmlElement number(String name, String value) {
        return XmlElement.builder(Xmlns.LIMITS, name).text(value).build();
    }

    /** What is no number of a limit's kind is no limit. */
    private static Optional<Integer> number(XmlElement limits, String name) {
        return limits.child(Xmlns.LIMITS, name)
                .map(element -> element.text().strip())
                .filter(text -> !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9'))
                .map(text -> text.length() > MOST_DIGITS ? Integer.MAX_VALUE : Integer.parseInt(text))
                .filter(number -> number > 0);
    }
}
