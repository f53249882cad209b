package io.wavegate.s2s.reach;

import io.wavegate.s2s.component.ComponentStream;
import io.wavegate.s2s.seat.Delivery;
import io.wavegate.s2s.seat.DeliveryReceipts;
import io.wavegate.s2s.seat.FromSeat;
import io.wavegate.s2s.seat.ToSeat;
import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection of this node as other nodes see it. Lives exactly as long, so its end tells them. */
final class ComponentSeat extends AbstractBehavior<SeatCommand> {
    private static final Logger LOG = LoggerFactory.getLogger(ComponentSeat.class);

    private final ComponentStream connection;
    private final long queueBytes;
    private final Map<ActorRef<CourierCommand>, DeliveryReceipts> byCourier = new HashMap<>();

    /** @param queueBytes more than that may not wait, where it is asked for */
    static Behavior<SeatCommand> create(SeatName name, ComponentStream connection, long queueBytes) {
        return Behaviors.setup(context -> new ComponentSeat(context, name, connection, queueBytes));
    }

    private ComponentSeat(
            ActorContext<SeatCommand> context, SeatName name, ComponentStream connection, long queueBytes) {
        super(context);
        this.connection = connection;
        this.queueBytes = queueBytes;
        context.getSystem().receptionist().tell(Receptionist.register(name.key(), context.getSelf()));
        ActorRef<SeatCommand> self = context.getSelf();
        connection.ended().thenAccept(end -> self.tell(new SeatCommand.Ended()));
    }

    @Override
    public Receive<SeatCommand> createReceive() {
        return newReceiveBuilder()
                .onMessage(SeatCommand.FromNode.class, this::fromNode)
                .onMessage(SeatCommand.Settled.class, this::settled)
                .onMessage(SeatCommand.CourierGone.class, this::courierGone)
                .onMessage(SeatCommand.Ended.class, ended -> Behaviors.stopped())
                .build();
    }

    private Behavior<SeatCommand> fromNode(SeatCommand.FromNode from) {
        if (from.message() instanceof ToSeat.Deliver deliver) {
            deliver(from.courier(), deliver);
        } else if (from.message() instanceof ToSeat.Look look) {
            say(from.courier(), receipts(from.courier()).all(look.floor()));
        } else if (from.message() instanceof ToSeat.Probe) {
            connection.probe();
        } else {
            LOG.warn("A node said something to component {} that this release does not know.", connection.host());
        }
        return this;
    }

    private void deliver(ActorRef<CourierCommand> courier, ToSeat.Deliver deliver) {
        DeliveryReceipts receipts = receipts(courier);
        if (!receipts.take(deliver)) {
            say(courier, receipts.all(deliver.floor()));
            return;
        }
        ActorRef<SeatCommand> self = getContext().getSelf();
        connection
                .offer(deliver.stanzas(), deliver.bounded() ? queueBytes : Long.MAX_VALUE)
                .whenComplete((taken, failure) -> {
                    Delivery outcome = failure != null ? Delivery.GONE : taken ? Delivery.WRITTEN : Delivery.FULL;
                    self.tell(new SeatCommand.Settled(courier, deliver.number(), outcome));
                });
    }

    private DeliveryReceipts receipts(ActorRef<CourierCommand> courier) {
        DeliveryReceipts known = byCourier.get(courier);
        if (known != null) {
            return known;
        }
        getContext().watchWith(courier, new SeatCommand.CourierGone(courier));
        DeliveryReceipts fresh = new DeliveryReceipts();
        byCourier.put(courier, fresh);
        return fresh;
    }

    private Behavior<SeatCommand> settled(SeatCommand.Settled settled) {
        DeliveryReceipts receipts = byCourier.get(settled.courier());
        if (receipts != null) {
            say(settled.courier(), receipts.settled(settled.number(), settled.delivery()));
        }
        return this;
    }

    private Behavior<SeatCommand> courierGone(SeatCommand.CourierGone gone) {
        byCourier.remove(gone.courier());
        return this;
    }

    private void say(ActorRef<CourierCommand> courier, FromSeat message) {
        courier.tell(new CourierCommand.FromSeatActor(getContext().getSelf(), message));
    }
}
