package io.wavegate.s2s.stream;

import io.wavegate.s2s.vouch.Voucher;
import io.wavegate.s2s.xml.XmlElement;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Takes stanzas (message, presence, iq in {@code jabber:server}) that arrived on authenticated streams, after addressing
 * was checked: {@code from}'s domain is {@code pair.remote()}, {@code to}'s is {@code pair.local()}.
 */
public interface StanzaReceiver {
    /**
     * @return completes when the stanzas are taken over; the stream stops reading while too much is not. Never fails
     */
    CompletionStage<Void> received(DomainPair pair, List<XmlElement> stanzas);

    /**
     * What became of stanzas. Neither stage ever fails.
     *
     * @param takenOver completes when they are taken over; the stream stops reading while too much is not
     * @param handled completes when they are stored, answered or rejected; only then are they acknowledged (XEP-0198)
     */
    record Reception(CompletionStage<Void> takenOver, CompletionStage<Void> handled) {}

    /** What the streams call; a receiver to which taking over is all there is leaves it at that. */
    default Reception receive(DomainPair pair, List<XmlElement> stanzas) {
        CompletionStage<Void> takenOver = received(pair, stanzas);
        return new Reception(takenOver, takenOver);
    }

    /** A domain was authenticated on a stream over TLS, on which it showed a certificate that this vouches for. */
    default void authenticated(String domain, Voucher voucher) {}

    /** A way back is open for the pair, on a stream of the peer's (XEP-0288). */
    default void wayBack(DomainPair pair) {}
}
