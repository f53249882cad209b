package io.wavegate.load.chaos.load;

import io.wavegate.wavelet.model.ParticipantId;

/**
 * Two domains with one wavelet between them.
 *
 * @param number from 0, unique
 * @param host the user at the domain that hosts the wavelet; its gateway makes the first stream
 * @param guest the user at the other domain
 * @param hostedNear whether the wavelet is hosted by the cluster that is hurt
 */
public record Pair(int number, ParticipantId host, ParticipantId guest, boolean hostedNear) {
    /** For a table. */
    public String name() {
        return host.domain() + "-" + guest.domain();
    }

    String word(boolean ofHost) {
        return "w" + number + (ofHost ? "h" : "g");
    }
}
