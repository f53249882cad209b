package io.wavegate.s2s.wave;

import io.wavegate.s2s.Xml;
import io.wavegate.s2s.entity.FakeNetwork;
import io.wavegate.s2s.stanza.Addresses;
import io.wavegate.s2s.stanza.Namespaces;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.OutgoingStream;
import io.wavegate.s2s.xml.XmlElement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * A domain on the network of the tests: its XMPP server, which answers for the domain itself, and behind it a component
 * {@code wave.DOMAIN}.
 */
final class NetworkPeer {
    private final FakeNetwork network;
    private final String domain;
    private final List<String> listed;
    private final List<XmlElement> heard = new CopyOnWriteArrayList<>();
    private final Map<DomainPair, CompletableFuture<OutgoingStream>> streams = new ConcurrentHashMap<>();
    private volatile Server server = Server.LISTS_ITS_SERVICES;
    private volatile boolean hasWave = true;
    private volatile Consumer<XmlElement> wave = stanza -> {};

    /** How the XMPP server answers who asks for the services of the domain. */
    enum Server {
        LISTS_ITS_SERVICES,
        LISTS_NOTHING,
        LISTS_STRANGERS_TOO,
        REFUSES,
        SAYS_NOTHING,
        IS_NOT_THERE
    }

    NetworkPeer(FakeNetwork network, String domain, List<String> listed) {
        this.network = network;
        this.domain = domain;
        this.listed = listed;
        network.attach(domain, (pair, stanzas) -> each(stanzas, this::atServer));
        network.attach("wave." + domain, (pair, stanzas) -> each(stanzas, this::atWave));
    }

    /** A component that is no wave service and stands under a name of its own. */
    static NetworkPeer stranger(FakeNetwork network, String name) {
        NetworkPeer stranger = new NetworkPeer(network, name, List.of());
        stranger.hasWave = false;
        network.attach(name, (pair, stanzas) -> each(stanzas, stranger::atWave));
        return stranger;
    }

    private static CompletionStage<Void> each(List<XmlElement> stanzas, Consumer<XmlElement> taker) {
        stanzas.forEach(taker);
        return CompletableFuture.completedFuture(null);
    }

    String wave() {
        return "wave." + domain;
    }

    void is(Server other) {
        server = other;
        if (other == Server.IS_NOT_THERE) {
            network.cut(domain);
        } else {
            network.mend(domain);
        }
    }

    /** Who takes what comes for the component, disco#info excepted while {@link #answersDisco}. */
    void onWave(Consumer<XmlElement> taker) {
        wave = taker;
    }

    /** Whether the component says that it is a wave service; else nobody answers for it. */
    void answersDisco(boolean yes) {
        hasWave = yes;
    }

    /** What came for the component, in order. */
    List<XmlElement> heard() {
        return heard;
    }

    private void atServer(XmlElement stanza) {
        boolean items = stanza.child(Namespaces.DISCO_ITEMS, "query").isPresent();
        boolean get = stanza.attribute("type").filter("get"::equals).isPresent();
        if (!get || server == Server.SAYS_NOTHING) {
            return;
        }
        if (items && server != Server.REFUSES) {
            StringBuilder list = new StringBuilder();
            names().forEach(name -> list.append("<item jid='").append(name).append("'/>"));
            send(answer(stanza, "result", "<query xmlns='" + Namespaces.DISCO_ITEMS + "'>" + list + "</query>"));
        } else if (!items && server != Server.REFUSES) {
            send(answer(
                    stanza,
                    "result",
                    "<query xmlns='" + Namespaces.DISCO_INFO + "'><identity category='server' type='im'/></query>"));
        } else {
            send(answer(
                    stanza,
                    "error",
                    "<error type='cancel'><service-unavailable xmlns='" + Namespaces.STANZA_ERRORS + "'/></error>"));
        }
    }

    private List<String> names() {
        return switch (server) {
            case LISTS_NOTHING -> List.of();
            case LISTS_STRANGERS_TOO -> List.of("conference." + domain, "elsewhere.test", "not a domain", wave());
            default -> listed;
        };
    }

    private void atWave(XmlElement stanza) {
        heard.add(stanza);
        boolean info = stanza.child(Namespaces.DISCO_INFO, "query").isPresent()
                && stanza.attribute("type").filter("get"::equals).isPresent();
        if (info) {
            if (hasWave) {
                send(answer(
                        stanza,
                        "result",
                        "<query xmlns='" + Namespaces.DISCO_INFO
                                + "'><identity category='collaboration' type='apache-wave' name='Wave in a Box'/>"
                                + "<feature var='" + Namespaces.WAVE + "'/></query>"));
            }
        } else {
            wave.accept(stanza);
        }
    }

    private static XmlElement answer(XmlElement request, String type, String payload) {
        Addresses back = Addresses.of(request).reversed();
        return Xml.stanza("<iq type='" + type + "' id='" + back.id() + "' from='" + back.from() + "' to='" + back.to()
                + "'>" + payload + "</iq>");
    }

    /** Sends it, on a stream for its pair of domains. */
    void send(XmlElement stanza) {
        Addresses addresses = Addresses.of(stanza);
        DomainPair pair = new DomainPair(addresses.from(), addresses.to());
        streams.computeIfAbsent(pair, missing -> network.edge().open(missing).toCompletableFuture())
                .thenCompose(stream -> stream.send(List.of(stanza)));
    }
}
