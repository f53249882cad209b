package io.wavegate.s2s.entity;

import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/** Knows of no edges on other nodes. */
final class LoneDirectory implements EdgeDirectory {
    @Override
    public void enter(ActorRef<EdgeCommand> edge) {
        // Entities are told of the edge of their own node without it.
    }

    @Override
    public void followOthers(ActorContext<EdgeCommand> edge) {
        edge.getSelf().tell(new EdgeCommand.Others(false));
    }

    @Override
    public void follow(ActorContext<LinkCommand> entity) {
        entity.getSelf().tell(new LinkCommand.Edges(Set.of(), Set.of(), 1));
    }
}
