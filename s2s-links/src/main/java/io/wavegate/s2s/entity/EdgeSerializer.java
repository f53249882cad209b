package io.wavegate.s2s.entity;

import io.wavegate.s2s.edge.EdgeCodec;
import io.wavegate.s2s.edge.proto.FromEdgeEnvelope;
import io.wavegate.s2s.edge.proto.Pair;
import io.wavegate.s2s.edge.proto.ToEdgeEnvelope;
import io.wavegate.s2s.reach.CourierCommand;
import io.wavegate.s2s.reach.SeatCommand;
import io.wavegate.s2s.seat.SeatCodec;
import io.wavegate.s2s.seat.proto.FromSeatEnvelope;
import io.wavegate.s2s.seat.proto.ToSeatEnvelope;
import io.wavegate.s2s.stream.DomainPair;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.UncheckedIOException;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/**
 * Writes what passes between edges and entities, and between nodes and components' seats, and to watchers, for this release and the ones beside it. The manifests and the identifier are
 * for ever. Made by Pekko, by the name in {@code reference.conf}.
 */
public final class EdgeSerializer extends SerializerWithStringManifest {
    private static final int IDENTIFIER = 5_269_001;
    private static final String TO_EDGE = "E";
    private static final String FROM_EDGE = "L";
    private static final String TO_SEAT = "S";
    private static final String FROM_SEAT = "C";
    private static final String WATCH = "W";
    private static final String SHOWN = "V";

    private final ActorRefResolver refs;

    /** For a system. */
    public EdgeSerializer(ExtendedActorSystem system) {
        refs = ActorRefResolver.get(Adapter.toTyped(system));
    }

    @Override
    public int identifier() {
        return IDENTIFIER;
    }

    @Override
    public String manifest(Object message) {
        if (message instanceof EdgeCommand.FromLink) {
            return TO_EDGE;
        } else if (message instanceof LinkCommand.FromEdgeActor) {
            return FROM_EDGE;
        } else if (message instanceof SeatCommand.FromNode) {
            return TO_SEAT;
        } else if (message instanceof CourierCommand.FromSeatActor) {
            return FROM_SEAT;
        } else if (message instanceof WatchCommand.Watch) {
            return WATCH;
        } else if (message instanceof WatchCommand.Shown) {
            return SHOWN;
        }
        throw new IllegalArgumentException(
                "Nothing that passes between edges, entities and seats: " + message.getClass());
    }

    @Override
    public byte[] toBinary(Object message) {
        if (message instanceof EdgeCommand.FromLink from) {
            ToEdgeEnvelope.Builder envelope = ToEdgeEnvelope.newBuilder()
                    .setLink(Pair.newBuilder()
                            .setLocal(from.link().local())
                            .setRemote(from.link().remote()))
                    .setIncarnation(from.incarnation())
                    .setEntity(refs.toSerializationFormat(from.entity()));
            EdgeCodec.write(from.message(), envelope);
            return envelope.build().toByteArray();
        } else if (message instanceof LinkCommand.FromEdgeActor from) {
            FromEdgeEnvelope.Builder envelope =
                    FromEdgeEnvelope.newBuilder().setEdge(refs.toSerializationFormat(from.edge()));
            EdgeCodec.write(from.message(), envelope);
            return envelope.build().toByteArray();
        } else if (message instanceof SeatCommand.FromNode from) {
            ToSeatEnvelope.Builder envelope =
                    ToSeatEnvelope.newBuilder().setCourier(refs.toSerializationFormat(from.courier()));
            SeatCodec.write(from.message(), envelope);
            return envelope.build().toByteArray();
        } else if (message instanceof CourierCommand.FromSeatActor from) {
            FromSeatEnvelope.Builder envelope =
                    FromSeatEnvelope.newBuilder().setSeat(refs.toSerializationFormat(from.seat()));
            SeatCodec.write(from.message(), envelope);
            return envelope.build().toByteArray();
        } else if (message instanceof WatchCommand.Watch watch) {
            return WatchBytes.write(watch, refs);
        } else if (message instanceof WatchCommand.Shown shown) {
            return WatchBytes.write(shown, refs);
        }
        throw new IllegalArgumentException(
                "Nothing that passes between edges, entities and seats: " + message.getClass());
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
        try {
            if (manifest.equals(TO_EDGE)) {
                ToEdgeEnvelope envelope = ToEdgeEnvelope.parseFrom(bytes);
                DomainPair link = new DomainPair(
                        envelope.getLink().getLocal(), envelope.getLink().getRemote());
                return new EdgeCommand.FromLink(
                        link,
                        envelope.getIncarnation(),
                        refs.resolveActorRef(envelope.getEntity()),
                        EdgeCodec.read(envelope));
            } else if (manifest.equals(FROM_EDGE)) {
                FromEdgeEnvelope envelope = FromEdgeEnvelope.parseFrom(bytes);
                return new LinkCommand.FromEdgeActor(
                        refs.resolveActorRef(envelope.getEdge()), EdgeCodec.read(envelope));
            } else if (manifest.equals(TO_SEAT)) {
                ToSeatEnvelope envelope = ToSeatEnvelope.parseFrom(bytes);
                return new SeatCommand.FromNode(refs.resolveActorRef(envelope.getCourier()), SeatCodec.read(envelope));
            } else if (manifest.equals(FROM_SEAT)) {
                FromSeatEnvelope envelope = FromSeatEnvelope.parseFrom(bytes);
                return new CourierCommand.FromSeatActor(
                        refs.resolveActorRef(envelope.getSeat()), SeatCodec.read(envelope));
            } else if (manifest.equals(WATCH)) {
                return WatchBytes.watch(bytes, refs);
            } else if (manifest.equals(SHOWN)) {
                return WatchBytes.shown(bytes, refs);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // Pekko logs that in one line and drops the message.
        throw new NotSerializableException(
                "A message of a later release between edges, entities and seats: " + manifest);
    }
}
