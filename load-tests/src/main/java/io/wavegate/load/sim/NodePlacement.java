package io.wavegate.load.sim;

import io.wavegate.s2s.entity.LinkCommand;
import io.wavegate.wavelet.placement.EntityKind;
import io.wavegate.wavelet.placement.EntityRefs;
import io.wavegate.wavelet.placement.Placement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.pekko.actor.ActorPath;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.japi.function.Function;

/**
 * Where a simulated node believes that entities live. Nodes may believe different things: then an entity has two owners. What
 * goes from node to node may be lost, late, or come when the node is no longer the one.
 */
final class NodePlacement implements Placement {
    private static final int MAX_HOPS = 3;

    private final SimNode node;
    private final Life life;
    private final Map<String, ActorRef<Object>> shards = new TreeMap<>();

    NodePlacement(SimNode node, Life life) {
        this.node = node;
        this.life = life;
    }

    @Override
    public <M> EntityRefs<M> place(EntityKind<M> kind) {
        String name = "life" + life.number() + "-" + kind.key().name();
        shards.put(
                kind.key().name(), Adapter.spawn(node.slot().classic(), ShardActor.of(kind, this::missesStop), name));
        return new Refs<>(kind.key().name());
    }

    private boolean missesStop() {
        return node.domain().bugs().has(Bug.LOST_STOP);
    }

    /** Stops what lives here. */
    void end() {
        shards.values().forEach(shard -> node.slot().classic().stop(Adapter.toClassic(shard)));
    }

    /** Entities that this node is not to run any more. */
    void handOver(Predicate<String> which) {
        shards.values().forEach(shard -> shard.tell(new ShardActor.HandOver(which)));
    }

    /** Takes a message that another node sent here, or this one. */
    void arrive(String kind, String id, Object message, int hops) {
        int owner = node.ownerOf(id);
        ActorRef<Object> shard = shards.get(kind);
        if (shard == null) {
            return;
        }
        if (owner == node.index()) {
            here(message)
                    .ifPresent(known -> shard.tell(new ShardActor.Deliver(
                            id, node.domain().run().rewrites().changed(id, known))));
        } else if (hops < MAX_HOPS) {
            send(kind, id, message, hops);
        }
    }

    private Optional<?> here(Object message) {
        return message instanceof LinkCommand command && node.edges().isPresent()
                ? node.edges().get().here(command)
                : Optional.of(message);
    }

    private void send(String kind, String id, Object message, int hops) {
        SimNode owner = node.domain().node(node.ownerOf(id));
        if (owner == node) {
            arrive(kind, id, message, hops);
            return;
        }
        node.domain().inside(node, owner, () -> owner.arrive(kind, id, message, hops + 1));
    }

    private final class Refs<M> implements EntityRefs<M> {
        private final String kind;

        Refs(String kind) {
            this.kind = kind;
        }

        @Override
        public <R> CompletionStage<R> ask(String entityId, Function<ActorRef<R>, M> message, Duration timeout) {
            CompletableFuture<R> answered = new CompletableFuture<>();
            World world = node.world();
            World.Event tooLate = world.after(timeout.toNanos() / 1_000, node.slot(), () -> {
                if (!life.isOver()) {
                    answered.completeExceptionally(new TimeoutException("no answer of " + entityId));
                }
            });
            try {
                M said = message.apply(reply(answered, tooLate));
                tell(entityId, said);
                node.domain().bugs().asked(said);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return answered;
        }

        @Override
        public void tell(String entityId, M message) {
            if (!life.isOver() && !node.world().muted() && !node.domain().bugs().losesCopy(message)) {
                send(kind, entityId, message, 0);
            }
        }
    }

    // The answer comes from whichever node runs when it is given.
    private <R> ActorRef<R> reply(CompletableFuture<R> answered, World.Event tooLate) {
        int number = node.world().number();
        return new ActorRef<>() {
            private static final long serialVersionUID = 1L;

            // Where an object lies in memory must not decide anything.
            @Override
            public int hashCode() {
                return number;
            }

            @Override
            public boolean equals(Object other) {
                return this == other;
            }

            @Override
            public void tell(R answer) {
                if (node.world().muted()) {
                    return;
                }
                node.domain().back(node, () -> {
                    if (!life.isOver()) {
                        tooLate.cancelled = true;
                        answered.complete(answer);
                    }
                });
            }

            @Override
            public <U extends R> ActorRef<U> narrow() {
                throw new UnsupportedOperationException("an answer is only told");
            }

            @Override
            public <U> ActorRef<U> unsafeUpcast() {
                throw new UnsupportedOperationException("an answer is only told");
            }

            @Override
            public ActorPath path() {
                throw new UnsupportedOperationException("an answer has no path");
            }

            @Override
            public int compareTo(ActorRef<?> other) {
                return Integer.compare(number, other.hashCode());
            }
        };
    }
}
