package io.wavegate.load.sim;

import io.wavegate.wavelet.placement.EntityKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;

/** The entities of one kind on one simulated node: started by their first message, stopped when they move or wish to. */
final class ShardActor<M> extends AbstractBehavior<Object> {
    private final EntityKind<M> kind;
    private final BooleanSupplier deaf;
    private final Map<String, Running<M>> running = new TreeMap<>();
    private final Map<ActorRef<?>, String> ids = new HashMap<>();
    private long started;

    /** A message for an entity. */
    record Deliver(String id, Object message) {}

    /** These entities are to live on another node from now on. */
    record HandOver(java.util.function.Predicate<String> which) {}

    private static final class Running<M> {
        final ActorRef<M> ref;
        final ArrayDeque<M> waiting = new ArrayDeque<>();
        boolean stopping;

        Running(ActorRef<M> ref) {
            this.ref = ref;
        }
    }

    private ShardActor(ActorContext<Object> context, EntityKind<M> kind, BooleanSupplier deaf) {
        super(context);
        this.kind = kind;
        this.deaf = deaf;
    }

    /** @param deaf whether it does not hear that an entity has stopped, which is a bug */
    static <M> Behavior<Object> of(EntityKind<M> kind, BooleanSupplier deaf) {
        return Behaviors.setup(context -> new ShardActor<>(context, kind, deaf));
    }

    @Override
    public Receive<Object> createReceive() {
        return newReceiveBuilder()
                .onMessage(Deliver.class, this::deliver)
                .onMessage(HandOver.class, this::handOver)
                .onMessage(ClusterSharding.Passivate.class, this::passivate)
                .onSignal(Terminated.class, this::ended)
                .build();
    }

    @SuppressWarnings("unchecked")
    private Behavior<Object> deliver(Deliver deliver) {
        M message = (M) deliver.message();
        Running<M> entity = running.get(deliver.id());
        if (entity != null && entity.stopping) {
            entity.waiting.add(message);
        } else {
            (entity == null ? start(deliver.id()) : entity).ref.tell(message);
        }
        return this;
    }

    private Running<M> start(String id) {
        ActorRef<ClusterSharding.ShardCommand> shard = getContext().getSelf().unsafeUpcast();
        ActorRef<M> ref = getContext().spawn(kind.behavior().apply(id, shard), "e" + ++started);
        getContext().watch(ref);
        Running<M> entity = new Running<>(ref);
        running.put(id, entity);
        ids.put(ref, id);
        return entity;
    }

    private Behavior<Object> handOver(HandOver moving) {
        List<String> moved = new ArrayList<>(running.keySet());
        moved.stream().filter(moving.which()).forEach(this::stop);
        return this;
    }

    private Behavior<Object> passivate(ClusterSharding.Passivate<?> wish) {
        String id = ids.get(wish.entity());
        if (id != null) {
            stop(id);
        }
        return this;
    }

    private void stop(String id) {
        Running<M> entity = running.get(id);
        if (entity != null && !entity.stopping) {
            entity.stopping = true;
            entity.ref.tell(kind.stop());
        }
    }

    private Behavior<Object> ended(Terminated terminated) {
        if (deaf.getAsBoolean()) {
            return this;
        }
        String id = ids.remove(terminated.getRef());
        Running<M> entity = id == null ? null : running.remove(id);
        if (entity != null && !entity.waiting.isEmpty()) {
            Running<M> next = start(id);
            entity.waiting.forEach(next.ref::tell);
        }
        return this;
    }
}
