package io.wavegate.load.sim.stream;

import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.StanzaReceiver;
import io.wavegate.s2s.vouch.Voucher;
import io.wavegate.s2s.xml.XmlElement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The node's receiver, and what arrives at it on one connection. */
final class WatchedReceiver implements StanzaReceiver {
    private final StanzaReceiver node;
    private final SentAndTold way;
    private final boolean early;

    /** @param early whether everything counts as handled as soon as it is there */
    WatchedReceiver(StanzaReceiver node, SentAndTold way, boolean early) {
        this.node = node;
        this.way = way;
        this.early = early;
    }

    @Override
    public CompletionStage<Void> received(DomainPair pair, List<XmlElement> stanzas) {
        return receive(pair, stanzas).takenOver();
    }

    @Override
    public Reception receive(DomainPair pair, List<XmlElement> stanzas) {
        Reception reception = way.arrived(stanzas, node.receive(pair, stanzas));
        return early ? new Reception(reception.takenOver(), CompletableFuture.completedFuture(null)) : reception;
    }

    @Override
    public void authenticated(String domain, Voucher voucher) {
        node.authenticated(domain, voucher);
    }

    @Override
    public void wayBack(DomainPair pair) {
        node.wayBack(pair);
    }
}
