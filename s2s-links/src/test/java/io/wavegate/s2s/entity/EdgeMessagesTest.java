package io.wavegate.s2s.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.wavegate.s2s.Xml;
import io.wavegate.s2s.api.WatchedEvent;
import io.wavegate.s2s.edge.FromEdge;
import io.wavegate.s2s.edge.StreamFacts;
import io.wavegate.s2s.edge.ToEdge;
import io.wavegate.s2s.edge.proto.FromEdgeEnvelope;
import io.wavegate.s2s.edge.proto.ToEdgeEnvelope;
import io.wavegate.s2s.reach.CourierCommand;
import io.wavegate.s2s.reach.SeatCommand;
import io.wavegate.s2s.seat.Delivery;
import io.wavegate.s2s.seat.FromSeat;
import io.wavegate.s2s.seat.ToSeat;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.Unsent;
import io.wavegate.s2s.xml.StreamErrorCondition;
import io.wavegate.s2s.xml.XmlElement;
import java.io.IOException;
import java.io.NotSerializableException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Edges and entities, components' seats and watchers of neighbouring releases understand each other. The files under {@code edge-messages} were written by the
 * releases that their folders name, and are read by every later one; see {@link StoredMessages}.
 */
final class EdgeMessagesTest {
    private static final DomainPair PAIR = new DomainPair("a.test", "b.test");
    private static final XmlElement STANZA = Xml.stanza(
            "<message id='1' from='a.test' to='b.test' xml:lang='en'><x xmlns='urn:x' a='&quot;'>é &lt;</x></message>");
    private static final StreamEnd END =
            new StreamEnd(StreamEnd.Reason.REMOTE_STREAM_ERROR, StreamErrorCondition.SYSTEM_SHUTDOWN, "they went down");
    private static final StreamFacts FACTS = new StreamFacts(7, PAIR, true, 12, 3);
    private static final String REF = "pekko://wavegate@127.0.0.1:7355/system/somebody#1234";

    private static ActorTestKit kit;
    private static EdgeSerializer serializer;
    private static ActorRefResolver refs;

    @BeforeAll
    static void start() {
        kit = StoredMessages.node("edge-messages");
        serializer = new EdgeSerializer((ExtendedActorSystem) Adapter.toClassic(kit.system()));
        refs = ActorRefResolver.get(kit.system());
    }

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    private static Map<String, ToEdge> toEdge() {
        Map<String, ToEdge> all = new LinkedHashMap<>();
        all.put("attach", new ToEdge.Attach());
        all.put("open", new ToEdge.Open(PAIR, 4));
        all.put("send", new ToEdge.Send(7, 9, List.of(STANZA, STANZA)));
        all.put("close", new ToEdge.Close(7));
        all.put("abandon", new ToEdge.Abandon(7));
        all.put("end-seen", new ToEdge.EndSeen(7));
        all.put("known", new ToEdge.Known(7));
        all.put("release", new ToEdge.Release());
        all.put("progress", new ToEdge.Progress(PAIR, 12, 10));
        all.put("forget-dns", new ToEdge.ForgetDns());
        all.put("close-accepted", new ToEdge.CloseAccepted(List.of("shared.test")));
        return all;
    }

    private static Map<String, FromEdge> fromEdge() {
        Map<String, FromEdge> all = new LinkedHashMap<>();
        all.put("attached", new FromEdge.Attached(true, List.of(FACTS)));
        all.put("outdated", new FromEdge.Outdated(5));
        all.put("opened", new FromEdge.Opened(4, FACTS));
        all.put("open-failed", new FromEdge.OpenFailed(PAIR, 4, END));
        all.put("written", new FromEdge.Written(7, 9, Unsent.NOTHING));
        all.put("written-in-part", new FromEdge.Written(7, 9, new Unsent(List.of(STANZA), 10_000)));
        all.put("ended", new FromEdge.Ended(7, PAIR, END, List.of(STANZA)));
        all.put("leaving", new FromEdge.Leaving());
        all.put("inbound", new FromEdge.Inbound(PAIR, 5, 7, List.of(STANZA, STANZA)));
        return all;
    }

    private static Map<String, ToSeat> toSeat() {
        Map<String, ToSeat> all = new LinkedHashMap<>();
        all.put("deliver", new ToSeat.Deliver(9, 7, true, List.of(STANZA, STANZA)));
        all.put("look", new ToSeat.Look(7));
        all.put("probe", new ToSeat.Probe());
        return all;
    }

    private static final WatchedEvent EVENT =
            new WatchedEvent(1_700_000_000_000L, WatchedEvent.Kind.SENT, "a.test", "b.test", "<message id='é'/>");

    private static final FromSeat PROGRESS = new FromSeat.Progress(
            9,
            List.of(
                    new FromSeat.Settled(7, Delivery.WRITTEN),
                    new FromSeat.Settled(8, Delivery.FULL),
                    new FromSeat.Settled(9, Delivery.GONE)));

    static Stream<String> names() {
        return Stream.of(
                        toEdge().keySet().stream().map(name -> "E." + name),
                        fromEdge().keySet().stream().map(name -> "L." + name),
                        toSeat().keySet().stream().map(name -> "S." + name),
                        Stream.of("C.progress", "W.watch", "V.shown", "V.no-more"))
                .flatMap(names -> names);
    }

    private static Object message(String name) {
        String plain = name.substring(2);
        if (name.startsWith("S.")) {
            return new SeatCommand.FromNode(refs.resolveActorRef(REF), Objects.requireNonNull(toSeat().get(plain)));
        } else if (name.startsWith("C.")) {
            return new CourierCommand.FromSeatActor(refs.resolveActorRef(REF), PROGRESS);
        } else if (name.equals("W.watch")) {
            return new WatchCommand.Watch(PAIR, refs.resolveActorRef(REF), 100);
        } else if (name.startsWith("V.")) {
            return new WatchCommand.Shown(
                    refs.resolveActorRef(REF), 7, Optional.of(EVENT).filter(event -> name.equals("V.shown")));
        }
        return name.startsWith("E.")
                ? new EdgeCommand.FromLink(
                        PAIR, 77, refs.resolveActorRef(REF), Objects.requireNonNull(toEdge().get(plain)))
                : new LinkCommand.FromEdgeActor(
                        refs.resolveActorRef(REF),
                        Objects.requireNonNull(fromEdge().get(plain)));
    }

    @ParameterizedTest
    @MethodSource("names")
    void messageArrivesAsItWas(String name) throws Exception {
        Object message = message(name);
        assertThat(serializer.manifest(message)).isEqualTo(name.substring(0, 1));
        assertThat(serializer.fromBinary(serializer.toBinary(message), serializer.manifest(message)))
                .isEqualTo(message);
    }

    @ParameterizedTest
    @MethodSource("names")
    void messageOfTheFirstReleaseIsRead(String name) throws Exception {
        assertThat(serializer.fromBinary(stored(name), name.substring(0, 1))).isEqualTo(message(name));
    }

    private static byte[] stored(String name) throws IOException {
        return StoredMessages.read("edge-messages/1/" + name, serializer.toBinary(message(name)));
    }

    @Test
    void everyMessageIsAmongThem() {
        assertThat(toEdge().values().stream().<Class<?>>map(Object::getClass).toList())
                .containsAll(Stream.of(ToEdge.class.getPermittedSubclasses())
                        .filter(type -> type != ToEdge.Unknown.class)
                        .toList());
        assertThat(fromEdge().values().stream().<Class<?>>map(Object::getClass).toList())
                .containsAll(Stream.of(FromEdge.class.getPermittedSubclasses())
                        .filter(type -> type != FromEdge.Unknown.class)
                        .toList());
        assertThat(toSeat().values().stream().<Class<?>>map(Object::getClass).toList())
                .containsAll(Stream.of(ToSeat.class.getPermittedSubclasses())
                        .filter(type -> type != ToSeat.Unknown.class)
                        .toList());
    }

    @Test
    void whatALaterReleaseAddsIsPassedOver() throws Exception {
        UnknownFieldSet more = UnknownFieldSet.newBuilder()
                .addField(
                        900,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(ByteString.copyFromUtf8("new"))
                                .build())
                .build();
        byte[] open = ToEdgeEnvelope.parseFrom(stored("E.open")).toBuilder()
                .setUnknownFields(more)
                .build()
                .toByteArray();
        assertThat(serializer.fromBinary(open, "E")).isEqualTo(message("E.open"));
    }

    @Test
    void messageThatALaterReleaseInventedIsNamedUnknown() throws Exception {
        byte[] invented = FromEdgeEnvelope.newBuilder().setEdge(REF).build().toByteArray();
        assertThat(serializer.fromBinary(invented, "L"))
                .isInstanceOfSatisfying(LinkCommand.FromEdgeActor.class, said -> assertThat(said.message())
                        .isEqualTo(new FromEdge.Unknown()));
        assertThatThrownBy(() -> serializer.fromBinary(invented, "X")).isInstanceOf(NotSerializableException.class);
    }

    @Test
    void endForAReasonThatALaterReleaseInventedIsALostConnection() throws Exception {
        FromEdgeEnvelope.Builder ended = FromEdgeEnvelope.parseFrom(stored("L.ended")).toBuilder();
        ended.getEndedBuilder().getEndBuilder().setReason("SWALLOWED").setError("NEW_ONE");
        assertThat(serializer.fromBinary(ended.build().toByteArray(), "L"))
                .isInstanceOfSatisfying(LinkCommand.FromEdgeActor.class, said -> assertThat(said.message())
                        .isInstanceOfSatisfying(FromEdge.Ended.class, message -> assertThat(message.end())
                                .isEqualTo(new StreamEnd(StreamEnd.Reason.CONNECTION_LOST, "they went down"))));
    }
}
