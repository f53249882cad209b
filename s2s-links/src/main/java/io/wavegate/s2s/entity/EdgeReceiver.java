package io.wavegate.s2s.entity;

import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.StanzaReceiver;
import io.wavegate.s2s.xml.XmlElement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Takes stanzas where there are sockets but no entities: they go to the entity of their link, on whatever node it is. They are
 * taken over when it has them; while none answers the streams stop being read. They count as handled when it has dealt with
 * them.
 */
final class EdgeReceiver implements StanzaReceiver {
    private final CompletionStage<ActorRef<EdgeCommand>> edge;
    private final LocalNames names;
    private final LinkTeller links;

    /** @param edge the actor of this node's edge, which keeps them */
    EdgeReceiver(CompletionStage<ActorRef<EdgeCommand>> edge, LocalNames names, LinkTeller links) {
        this.edge = edge;
        this.names = names;
        this.links = links;
    }

    @Override
    public CompletionStage<Void> received(DomainPair pair, List<XmlElement> stanzas) {
        return receive(pair, stanzas).takenOver();
    }

    @Override
    public Reception receive(DomainPair pair, List<XmlElement> stanzas) {
        EdgeCommand.Arrived arrived =
                new EdgeCommand.Arrived(pair, stanzas, new CompletableFuture<>(), new CompletableFuture<>());
        edge.thenAccept(actor -> actor.tell(arrived));
        return new Reception(arrived.received(), arrived.handled());
    }

    @Override
    public void wayBack(DomainPair pair) {
        names.linkOf(pair).ifPresent(link -> links.tell(link, new LinkCommand.WayBack(pair)));
    }
}
