package io.wavegate.s2s.entity;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/** Where edges are entered, and entities look them up. */
public interface EdgeDirectory {
    /** The edge of this node is there for all. */
    void enter(ActorRef<EdgeCommand> edge);

    /** The entity will be told which edges there are, at once and whenever that changes, by {@link LinkCommand.Edges}. */
    void follow(ActorContext<LinkCommand> entity);

    /** The edge will be told whether there are others, at once and whenever that changes, by {@link EdgeCommand.Others}. */
    void followOthers(ActorContext<EdgeCommand> edge);

    /** For a node that has no others: its own edge, which it knows anyway. */
    static EdgeDirectory alone() {
        return new LoneDirectory();
    }
}
