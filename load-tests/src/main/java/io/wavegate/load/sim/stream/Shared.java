package io.wavegate.load.sim.stream;

import io.wavegate.s2s.netty.StreamsSettings;
import io.wavegate.s2s.stream.StanzaReceiver;
import io.wavegate.s2s.wire.ConnectionBounds;
import io.wavegate.s2s.wire.StreamCounters;
import io.wavegate.s2s.wire.StreamSurroundings;
import io.wavegate.s2s.wire.Verifier;
import java.time.InstantSource;
import java.util.Set;

/**
 * What all connections of a node share.
 *
 * @param domain ours
 * @param trusted whether others believe our certificate
 * @param loop the node's
 * @param clock the node's
 * @param settings the product's
 * @param receiver takes stanzas
 * @param verifier asks the authoritative server
 * @param counters of how streams end
 * @param flaws deliberate ones
 */
record Shared(
        String domain,
        boolean trusted,
        Loop loop,
        InstantSource clock,
        StreamsSettings settings,
        StanzaReceiver receiver,
        Verifier verifier,
        StreamCounters counters,
        Set<Flaw> flaws) {
    boolean has(Flaw flaw) {
        return flaws.contains(flaw);
    }

    /** What the product's streams are to see, with a judge at this connection's receiver. */
    StreamSurroundings around(SimSocket socket) {
        return new StreamSurroundings(
                clock,
                new WatchedReceiver(receiver, socket.in(), has(Flaw.ACKNOWLEDGE_ON_ARRIVAL)),
                verifier,
                new ConnectionBounds(
                        settings.inboundBytes(),
                        settings.keepalive(),
                        settings.timeouts().closing()),
                counters,
                (what, excess, nanos) -> loop.line(domain + ": refused " + what + ": " + excess.text()));
    }
}
