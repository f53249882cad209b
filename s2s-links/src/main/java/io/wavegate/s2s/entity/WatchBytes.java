package io.wavegate.s2s.entity;

import com.google.protobuf.InvalidProtocolBufferException;
import io.wavegate.s2s.api.WatchedEvent;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.watch.proto.Event;
import io.wavegate.s2s.watch.proto.ShownEnvelope;
import io.wavegate.s2s.watch.proto.WatchEnvelope;
import java.util.Arrays;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRefResolver;

/** What passes between watchers and nodes, as bytes. */
final class WatchBytes {
    private WatchBytes() {}

    static byte[] write(WatchCommand.Watch watch, ActorRefResolver refs) {
        return WatchEnvelope.newBuilder()
                .setLocal(watch.link().local())
                .setRemote(watch.link().remote())
                .setWatcher(refs.toSerializationFormat(watch.watcher()))
                .setSeen(watch.seen())
                .build()
                .toByteArray();
    }

    static WatchCommand.Watch watch(byte[] bytes, ActorRefResolver refs) throws InvalidProtocolBufferException {
        WatchEnvelope envelope = WatchEnvelope.parseFrom(bytes);
        return new WatchCommand.Watch(
                new DomainPair(envelope.getLocal(), envelope.getRemote()),
                refs.resolveActorRef(envelope.getWatcher()),
                envelope.getSeen());
    }

    static byte[] write(WatchCommand.Shown shown, ActorRefResolver refs) {
        ShownEnvelope.Builder envelope = ShownEnvelope.newBuilder()
                .setDesk(refs.toSerializationFormat(shown.desk()))
                .setNumber(shown.number());
        shown.event()
                .ifPresent(event -> envelope.setEvent(Event.newBuilder()
                        .setAtMillis(event.atMillis())
                        .setKind(event.kind().name())
                        .setLocal(event.local())
                        .setRemote(event.remote())
                        .setText(event.text())));
        return envelope.build().toByteArray();
    }

    static WatchCommand.Shown shown(byte[] bytes, ActorRefResolver refs) throws InvalidProtocolBufferException {
        ShownEnvelope envelope = ShownEnvelope.parseFrom(bytes);
        return new WatchCommand.Shown(
                refs.resolveActorRef(envelope.getDesk()),
                envelope.getNumber(),
                envelope.hasEvent() ? Optional.of(event(envelope.getEvent())) : Optional.empty());
    }

    private static WatchedEvent event(Event event) {
        WatchedEvent.Kind kind = Arrays.stream(WatchedEvent.Kind.values())
                .filter(known -> known.name().equals(event.getKind()))
                .findAny()
                .orElse(WatchedEvent.Kind.HAPPENED);
        return new WatchedEvent(event.getAtMillis(), kind, event.getLocal(), event.getRemote(), event.getText());
    }
}
