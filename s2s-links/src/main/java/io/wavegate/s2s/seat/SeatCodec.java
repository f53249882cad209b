package io.wavegate.s2s.seat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.wavegate.s2s.seat.proto.Deliver;
import io.wavegate.s2s.seat.proto.FromSeatEnvelope;
import io.wavegate.s2s.seat.proto.Nothing;
import io.wavegate.s2s.seat.proto.Progress;
import io.wavegate.s2s.seat.proto.Settled;
import io.wavegate.s2s.seat.proto.ToSeatEnvelope;
import io.wavegate.s2s.xml.ElementBytes;
import io.wavegate.s2s.xml.XmlElement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The messages between nodes and seats as bytes for another node, which may be of the release before or after. */
public final class SeatCodec {
    private SeatCodec() {}

    /** Puts a message in. */
    public static void write(ToSeat message, ToSeatEnvelope.Builder into) {
        if (message instanceof ToSeat.Deliver deliver) {
            Deliver.Builder builder = Deliver.newBuilder()
                    .setNumber(deliver.number())
                    .setFloor(deliver.floor())
                    .setBounded(deliver.bounded());
            deliver.stanzas()
                    .forEach(stanza -> builder.addStanza(UnsafeByteOperations.unsafeWrap(ElementBytes.write(stanza))));
            into.setDeliver(builder);
        } else if (message instanceof ToSeat.Look look) {
            into.setLook(look.floor());
        } else if (message instanceof ToSeat.Probe) {
            into.setProbe(Nothing.getDefaultInstance());
        }
    }

    /** @throws IOException if a stanza in it is none */
    public static ToSeat read(ToSeatEnvelope from) throws IOException {
        return switch (from.getMessageCase()) {
            case DELIVER -> {
                Deliver deliver = from.getDeliver();
                List<XmlElement> stanzas = new ArrayList<>(deliver.getStanzaCount());
                for (ByteString stanza : deliver.getStanzaList()) {
                    stanzas.add(ElementBytes.read(stanza.toByteArray()));
                }
                yield new ToSeat.Deliver(deliver.getNumber(), deliver.getFloor(), deliver.getBounded(), stanzas);
            }
            case LOOK -> new ToSeat.Look(from.getLook());
            case PROBE -> new ToSeat.Probe();
            case MESSAGE_NOT_SET -> new ToSeat.Unknown();
        };
    }

    /** Puts a message in. */
    public static void write(FromSeat message, FromSeatEnvelope.Builder into) {
        if (message instanceof FromSeat.Progress progress) {
            Progress.Builder builder = Progress.newBuilder().setTaken(progress.taken());
            progress.settled()
                    .forEach(settled -> builder.addSettled(Settled.newBuilder()
                            .setNumber(settled.number())
                            .setDelivery(delivery(settled.delivery()))));
            into.setProgress(builder);
        }
    }

    /** Never fails. */
    public static FromSeat read(FromSeatEnvelope from) {
        return switch (from.getMessageCase()) {
            case PROGRESS ->
                new FromSeat.Progress(
                        from.getProgress().getTaken(),
                        from.getProgress().getSettledList().stream()
                                .map(settled ->
                                        new FromSeat.Settled(settled.getNumber(), delivery(settled.getDelivery())))
                                .toList());
            case MESSAGE_NOT_SET -> new FromSeat.Unknown();
        };
    }

    private static io.wavegate.s2s.seat.proto.Delivery delivery(Delivery delivery) {
        return switch (delivery) {
            case WRITTEN -> io.wavegate.s2s.seat.proto.Delivery.WRITTEN;
            case FULL -> io.wavegate.s2s.seat.proto.Delivery.FULL;
            case GONE -> io.wavegate.s2s.seat.proto.Delivery.GONE;
        };
    }

    private static Delivery delivery(io.wavegate.s2s.seat.proto.Delivery delivery) {
        return switch (delivery) {
            case WRITTEN -> Delivery.WRITTEN;
            case FULL -> Delivery.FULL;
            case GONE, UNRECOGNIZED -> Delivery.GONE;
        };
    }
}
