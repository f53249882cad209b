package io.wavegate.s2s.entity;

import io.wavegate.s2s.component.ComponentsSettings;
import io.wavegate.s2s.reach.ClusterComponents;
import java.util.function.Consumer;
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

    /**
     * The components of all nodes.
     *
     * @param connected told the name under which another node is connected as a component again
     */
    default ClusterComponents components(ComponentsSettings settings, EdgeSettings edges, Consumer<String> connected) {
        return ClusterComponents.alone(settings);
    }

    /** For a node that has no others: its own edge, which it knows anyway. */
    static EdgeDirectory alone() {
        return new LoneDirectory();
    }
}
