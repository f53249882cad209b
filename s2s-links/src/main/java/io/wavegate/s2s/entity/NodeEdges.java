package io.wavegate.s2s.entity;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/** How the entities of a node find edges: its own, which is there soon after the node, and those of others. */
final class NodeEdges {
    private final EdgeDirectory directory;
    private final CompletableFuture<ActorRef<EdgeCommand>> local = new CompletableFuture<>();

    NodeEdges(EdgeDirectory directory) {
        this.directory = directory;
    }

    /** The edge of this node is there. */
    void opened(ActorRef<EdgeCommand> edge) {
        local.complete(edge);
        directory.enter(edge);
    }

    /** The edge of this node, when it is there. */
    CompletionStage<ActorRef<EdgeCommand>> local() {
        return local;
    }

    /** The entity will be told. */
    void follow(ActorContext<LinkCommand> entity) {
        ActorRef<LinkCommand> self = entity.getSelf();
        local.thenAccept(edge -> self.tell(new LinkCommand.LocalEdge(edge)));
        directory.follow(entity);
    }
}
