package io.wavegate.load.sim;

import java.util.function.Consumer;
import org.apache.pekko.actor.ActorPath;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.FunctionRef;
import org.apache.pekko.actor.RootActorPath;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import scala.runtime.BoxedUnit;

/**
 * References to what lives on other nodes, as a node's actor system has them where nodes are a cluster: with the address of the
 * other node, watched like any other, and with names and hash codes that the seed decides, which those of actors are not.
 */
final class FarRefs {
    private final ExtendedActorSystem system;
    private int made;

    /** @param system of the node that has the references */
    FarRefs(Slot slot) {
        system = (ExtendedActorSystem) slot.classic();
    }

    /**
     * A reference.
     *
     * @param <M> what is told it
     * @param ref to be told and watched
     * @param function under it
     */
    record Far<M>(ActorRef<M> ref, FunctionRef function) {
        /** It is known to be gone: whoever watches it is told. */
        void stop() {
            function.stop();
        }
    }

    /**
     * Makes one.
     *
     * @param host the other node
     * @param name what it is there
     * @param told given what it is told
     */
    @SuppressWarnings("unchecked") // a typed reference is told nothing else
    <M> Far<M> make(String host, String name, Consumer<M> told) {
        ActorPath root = new RootActorPath(Address.apply("pekko", system.name(), host, 25520), "/");
        ActorPath path = root.child("far").child(name).withUid(++made);
        FunctionRef function = new FunctionRef(path, system.provider(), system, (sender, message) -> {
            told.accept((M) message);
            return BoxedUnit.UNIT;
        });
        return new Far<>(Adapter.toTyped(function), function);
    }
}
