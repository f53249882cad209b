package io.wavegate.s2s.reach;

import io.wavegate.s2s.component.ComponentStream;
import io.wavegate.s2s.edge.Parts;
import io.wavegate.s2s.seat.Delivery;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamEndedException;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.s2s.xml.XmlSize;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.typed.ActorRef;

/** A connection of another node, used as if it were one of this. */
final class RemoteComponent implements ComponentStream {
    private final String host;
    private final ActorRef<CourierCommand> courier;
    private final ActorRef<SeatCommand> seat;
    private final AtomicLong waiting = new AtomicLong();
    private final CompletableFuture<StreamEnd> ended = new CompletableFuture<>();

    RemoteComponent(String host, ActorRef<CourierCommand> courier, ActorRef<SeatCommand> seat) {
        this.host = host;
        this.courier = courier;
        this.seat = seat;
    }

    @Override
    public String host() {
        return host;
    }

    /** Only what this node has for it. */
    @Override
    public long waiting() {
        return waiting.get();
    }

    @Override
    public List<List<XmlElement>> parts(List<XmlElement> stanzas) {
        return Parts.of(stanzas);
    }

    @Override
    public CompletionStage<Boolean> offer(List<XmlElement> stanzas, long most) {
        long bytes = XmlSize.of(stanzas);
        long already = waiting.get();
        return already > 0 && already + bytes > most
                ? CompletableFuture.completedFuture(false)
                : hand(stanzas, bytes, most < Long.MAX_VALUE);
    }

    @Override
    public CompletionStage<Void> send(List<XmlElement> stanzas) {
        List<CompletableFuture<Boolean>> all = new ArrayList<>(1);
        for (List<XmlElement> part : Parts.of(stanzas)) {
            all.add(hand(part, XmlSize.of(part), false));
        }
        return CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new));
    }

    private CompletableFuture<Boolean> hand(List<XmlElement> stanzas, long bytes, boolean bounded) {
        CompletableFuture<Delivery> delivered = new CompletableFuture<>();
        waiting.addAndGet(bytes);
        courier.tell(new CourierCommand.Hand(seat, bounded, stanzas, delivered));
        return delivered.thenApply(outcome -> {
            waiting.addAndGet(-bytes);
            if (outcome == Delivery.GONE) {
                throw new StreamEndedException(ended.getNow(lost()));
            }
            return outcome == Delivery.WRITTEN;
        });
    }

    private StreamEnd lost() {
        return new StreamEnd(
                StreamEnd.Reason.CONNECTION_LOST, "the connection of component " + host + " at another node is gone");
    }

    @Override
    public CompletionStage<StreamEnd> ended() {
        return ended.minimalCompletionStage();
    }

    /** Has its node find out whether the connection still lives. */
    @Override
    public void probe() {
        courier.tell(new CourierCommand.Doubt(seat));
    }

    /** Another node's connection is its own to end. */
    @Override
    public void close(StreamEnd why) {
        throw new UnsupportedOperationException("The connection of " + host + " belongs to another node.");
    }

    ActorRef<SeatCommand> seat() {
        return seat;
    }

    /** The seat is gone. */
    void gone() {
        ended.complete(lost());
    }
}
