package io.wavegate.s2s.netty;

import io.netty.channel.Channel;
import io.wavegate.s2s.api.Meter;
import io.wavegate.s2s.component.AcceptingComponent;
import io.wavegate.s2s.component.AcceptingTerms;
import io.wavegate.s2s.component.ComponentConnections;
import io.wavegate.s2s.component.ComponentReceiver;
import io.wavegate.s2s.component.ComponentSecret;
import io.wavegate.s2s.component.ComponentStream;
import io.wavegate.s2s.component.ComponentsSettings;
import io.wavegate.s2s.limit.Excess;
import io.wavegate.s2s.limit.Limit;
import io.wavegate.s2s.limit.Scope;
import io.wavegate.s2s.stream.StanzaReceiver;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.wire.StreamCounters;
import io.wavegate.s2s.xml.XmlElement;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The edge for components over Netty: listeners, components that connected, and our connections as one. */
public final class NettyComponents implements ComponentConnections {
    private static final Logger LOG = LoggerFactory.getLogger(NettyComponents.class);
    private static final StreamEnd GOING_DOWN = new StreamEnd(StreamEnd.Reason.SHUTDOWN, "this node is going down");

    /** Connections that are refused and told why, at once. */
    private static final int MOST_TOLD = 256;

    private final ComponentsSettings settings;
    private final StreamsSettings streams;
    private final ComponentReceiver receiver;
    private final Transport transport;
    private final StreamCounters counters = new StreamCounters("component");
    private final LimitLog limitLog = new LimitLog("wavegate.s2s.components.limits");
    private final AtomicInteger beingRefused = new AtomicInteger();
    private final Map<String, ComponentHandler> accepted = new ConcurrentHashMap<>();
    private final Set<ComponentHandler> all = ConcurrentHashMap.newKeySet();
    private final Map<String, ComponentDialing> dialings = new ConcurrentHashMap<>();
    private final List<Channel> listeners = new ArrayList<>();
    private volatile boolean leaving;

    private NettyComponents(ComponentsSettings settings, StreamsSettings streams, ComponentReceiver receiver) {
        this.settings = settings;
        this.streams = streams;
        this.receiver = receiver;
        transport = new Transport(streams);
    }

    /**
     * Listens; does not connect yet.
     *
     * @param streams whose time limits of TCP connections count here too
     * @throws IllegalStateException naming the address, if one cannot be listened on
     */
    public static NettyComponents start(
            ComponentsSettings settings, StreamsSettings streams, ComponentReceiver receiver) {
        NettyComponents components = new NettyComponents(settings, streams, receiver);
        try {
            settings.listen().forEach(components::listen);
        } catch (IllegalStateException e) {
            components.close();
            throw e;
        }
        return components;
    }

    /** Where components are accepted, with the ports that were really taken. */
    public List<InetSocketAddress> addresses() {
        return listeners.stream()
                .map(listener -> (InetSocketAddress) listener.localAddress())
                .toList();
    }

    /** What is counted of components' connections, both ways. */
    public List<Meter> meters() {
        List<Meter> meters = new ArrayList<>(counters.meters());
        String name = "wavegate_s2s_component_connections";
        meters.add(
                Meter.level(name, "Connections of components, by who made them", Map.of("direction", "in"), all::size));
        meters.add(Meter.level(
                name,
                "Connections of components, by who made them",
                Map.of("direction", "out"),
                () -> dialings.values().stream()
                        .filter(dialing -> dialing.connection().isPresent())
                        .count()));
        meters.add(Meter.level(
                name + "_allowed",
                "How many components may be connected to us at once",
                Map.of(),
                settings::connections));
        return meters;
    }

    @Override
    public Optional<ComponentStream> accepted(String host) {
        return Optional.ofNullable(accepted.get(host));
    }

    @Override
    public Optional<ComponentStream> connected(String host) {
        return Optional.ofNullable(dialings.get(host)).flatMap(ComponentDialing::connection);
    }

    @Override
    public String whyNotConnected(String host) {
        ComponentDialing dialing = dialings.get(host);
        return dialing == null ? "another edge of the cluster is to connect" : dialing.why();
    }

    @Override
    public synchronized void dial() {
        if (!leaving) {
            settings.connect()
                    .forEach((host, connected) -> dialings.computeIfAbsent(host, fresh -> dialing(host, connected)));
        }
    }

    private ComponentDialing dialing(String host, ComponentsSettings.Connected connected) {
        ComponentDialing dialing = new ComponentDialing(
                host, connected, settings, streams.keepalive(), transport.client(), receiver, counters);
        dialing.dial();
        return dialing;
    }

    @Override
    public synchronized CompletionStage<Void> hangUp() {
        List<CompletableFuture<?>> closing = new ArrayList<>();
        dialings.values().forEach(dialing -> closing.add(dialing.close(GOING_DOWN)));
        return within(closing).thenRun(dialings::clear);
    }

    /** They are looked up until they have ended: answers go this way still. */
    private CompletableFuture<Void> within(List<CompletableFuture<?>> closing) {
        long patience =
                ComponentHandler.LAST_WORDS.plus(settings.limits().closing()).toMillis();
        return CompletableFuture.allOf(closing.toArray(CompletableFuture<?>[]::new))
                .completeOnTimeout(null, patience, TimeUnit.MILLISECONDS);
    }

    private void listen(InetSocketAddress address) {
        Map<String, ComponentSecret> secrets = new HashMap<>();
        settings.accept().forEach((host, one) -> secrets.put(host, one.secret()));
        AcceptingComponent machine =
                new AcceptingComponent(new AcceptingTerms(secrets, settings.limits(), RandomText::get));
        Accepting events = new Accepting();
        Channel listener = transport.listen(address, new PipelineBuilder(channel -> handler(channel, machine, events)));
        listeners.add(listener);
        LOG.info("accepting components {} on {}", secrets.keySet(), listener.localAddress());
        if (!address.getAddress().isLoopbackAddress()) {
            LOG.warn(
                    "components are accepted on {}, and their protocol has no TLS: let nothing but a protected network"
                            + " reach it",
                    listener.localAddress());
        }
    }

    private ComponentHandler handler(Channel channel, AcceptingComponent machine, Accepting events) {
        ComponentHandler handler = new ComponentHandler(
                channel,
                machine,
                events,
                settings.inboundBytes(),
                streams.keepalive(),
                settings.limits().closing());
        if (all.size() >= settings.connections()) {
            refuse(handler, channel);
            return handler;
        }
        all.add(handler);
        channel.closeFuture().addListener(closed -> all.remove(handler));
        return handler;
    }

    private void refuse(ComponentHandler handler, Channel channel) {
        Excess excess = new Excess(Limit.CONNECTIONS, Scope.ALL, settings.connections());
        limitLog.refused("a component from " + channel.remoteAddress(), excess, System.nanoTime());
        channel.closeFuture().addListener(closed -> beingRefused.decrementAndGet());
        if (beingRefused.incrementAndGet() > MOST_TOLD) {
            // Waiting for each of a flood to read why it is refused would cost what refusing is to save.
            handler.ended().thenRun(channel::close);
        }
        handler.close(excess.end());
    }

    @Override
    public synchronized CompletionStage<Void> leave() {
        leaving = true;
        listeners.forEach(Channel::close);
        List<CompletableFuture<?>> closing = new ArrayList<>();
        for (ComponentHandler handler : List.copyOf(all)) {
            handler.close(GOING_DOWN);
            closing.add(handler.ended().toCompletableFuture());
        }
        return hangUp().thenCombine(within(closing), (hungUp, closed) -> closed);
    }

    @Override
    public void close() {
        leave().toCompletableFuture().join();
        long patience = settings.limits().closing().toMillis();
        transport.group().shutdownGracefully(0, patience, TimeUnit.MILLISECONDS).awaitUninterruptibly(patience);
    }

    /** The server's side. A name belongs to one connection from its handshake to its end. */
    private final class Accepting implements ComponentEvents {
        @Override
        public boolean claim(String host, ComponentHandler connection) {
            ComponentHandler older = accepted.get(host);
            if (older != null) {
                // If the older one is dead, its TCP finds out now and not at the next stanza; the newer may come again.
                older.probe();
                return false;
            }
            return receiver.mayConnect(host) && accepted.putIfAbsent(host, connection) == null;
        }

        @Override
        public void ready(String host, ComponentHandler connection) {
            LOG.info("component {} is connected", host);
            receiver.accepted(connection);
        }

        @Override
        public StanzaReceiver.Reception received(String host, List<XmlElement> stanzas) {
            return receiver.fromComponent(host, stanzas);
        }

        @Override
        public void ended(ComponentHandler connection, StreamEnd end) {
            accepted.remove(connection.host(), connection);
            counters.ended(StreamCounters.Direction.IN, end);
            if (end.reason() == StreamEnd.Reason.LIMIT_EXCEEDED) {
                return;
            }
            if (end.reason() == StreamEnd.Reason.CLOSED_BY_REMOTE || end.reason() == StreamEnd.Reason.SHUTDOWN) {
                LOG.info("connection ended: {}: {}", end.label(), end.text());
            } else {
                LOG.warn("connection ended: {}: {}", end.label(), end.text());
            }
        }
    }
}
