package io.wavegate.s2s.stream;

import java.time.Duration;

/**
 * The extensions of streams that we offer and use.
 *
 * @param bidi whether stanzas may pass in both directions of one stream (XEP-0288)
 * @param acknowledgements whether stanzas are acknowledged (XEP-0198)
 * @param askEvery after so many unacknowledged stanzas an acknowledgement is asked for
 * @param askAfter so long after a stanza one is asked for in any case
 * @param answerWithin a peer that does not answer for so long is gone
 */
public record StreamExtensions(
        boolean bidi, boolean acknowledgements, int askEvery, Duration askAfter, Duration answerWithin) {
    /** Spec 14.2: not after every stanza, which doubles the traffic, and soon enough to be of use. */
    public static final StreamExtensions DEFAULT =
            new StreamExtensions(true, true, 32, Duration.ofMillis(200), Duration.ofSeconds(30));
}
