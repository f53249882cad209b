package io.wavegate.s2s.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.wavegate.s2s.component.ComponentReceiver;
import io.wavegate.s2s.component.ComponentStream;
import io.wavegate.s2s.component.ComponentsSettings;
import io.wavegate.s2s.component.ConnectingComponent;
import io.wavegate.s2s.link.Backoff;
import io.wavegate.s2s.stream.StanzaReceiver;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.wire.StreamCounters;
import io.wavegate.s2s.xml.XmlElement;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps us connected as one component of one server: when the connection fails or ends, another is made after a while. */
final class ComponentDialing implements ComponentEvents {
    private static final Logger LOG = LoggerFactory.getLogger(ComponentDialing.class);

    private static final StreamEnd CLOSED =
            new StreamEnd(StreamEnd.Reason.CLOSED_BY_US, "it is not to be connected any more");

    private final String host;
    private final ComponentsSettings.Connected target;
    private final ComponentsSettings settings;
    private final Duration keepalive;
    private final Bootstrap client;
    private final ComponentReceiver receiver;
    private final Backoff backoff;
    private volatile @Nullable ComponentHandler current;
    private volatile @Nullable ComponentHandler ready;
    private volatile boolean closed;
    private final StreamCounters counters;
    private volatile String why = "not connected yet";
    private String lastLogged = "";
    private long readyNanos;

    ComponentDialing(
            String host,
            ComponentsSettings.Connected target,
            ComponentsSettings settings,
            Duration keepalive,
            Bootstrap client,
            ComponentReceiver receiver,
            StreamCounters counters) {
        this.host = host;
        this.target = target;
        this.settings = settings;
        this.keepalive = keepalive;
        this.client = client;
        this.receiver = receiver;
        this.counters = counters;
        backoff =
                new Backoff(settings.retryBase().toMillis(), settings.retryMax().toMillis(), new SecureRandom());
    }

    Optional<ComponentStream> connection() {
        return Optional.ofNullable(ready);
    }

    String why() {
        return why;
    }

    void dial() {
        if (closed) {
            return;
        }
        ConnectingComponent machine = new ConnectingComponent(host, target.secret(), settings.limits());
        client.clone()
                .handler(new PipelineBuilder(channel -> begin(channel, machine)))
                .connect(target.server())
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        StreamEnd end = new StreamEnd(
                                StreamEnd.Reason.CONNECT_FAILED,
                                Transport.text(target.server()) + " cannot be reached ("
                                        + Causes.text(connected.cause()) + ")");
                        counters.unopened(end);
                        again(end);
                    }
                });
    }

    private ComponentHandler begin(Channel channel, ConnectingComponent machine) {
        ComponentHandler handler = new ComponentHandler(
                channel,
                machine,
                this,
                settings.inboundBytes(),
                keepalive,
                settings.limits().closing());
        current = handler;
        return handler;
    }

    @Override
    public boolean claim(String name, ComponentHandler connection) {
        return true;
    }

    @Override
    public void ready(String name, ComponentHandler connection) {
        if (closed) {
            connection.close(CLOSED);
            return;
        }
        ready = connection;
        readyNanos = System.nanoTime();
        lastLogged = "";
        LOG.info("connected to {} as component {}", Transport.text(target.server()), host);
        receiver.connected(connection);
    }

    @Override
    public StanzaReceiver.Reception received(String name, List<XmlElement> stanzas) {
        return receiver.fromServer(host, stanzas);
    }

    @Override
    public void ended(ComponentHandler connection, StreamEnd end) {
        counters.ended(StreamCounters.Direction.OUT, end);
        boolean lasted = ready != null
                && System.nanoTime() - readyNanos > settings.retryMax().toNanos();
        ready = null;
        if (lasted) {
            backoff.reset();
        }
        again(end);
    }

    private void again(StreamEnd end) {
        why = end.label() + ": " + end.text();
        if (closed) {
            return;
        }
        long delay = backoff.nextDelayMillis();
        if (!why.equals(lastLogged)) {
            lastLogged = why;
            LOG.warn(
                    "not connected to {} as component {}: {}. It is tried again by itself, within {} ms the next time.",
                    Transport.text(target.server()),
                    host,
                    why,
                    delay);
        }
        client.config().group().schedule(this::dial, delay, TimeUnit.MILLISECONDS);
    }

    /** Completes when the connection is closed. */
    CompletableFuture<?> close(StreamEnd end) {
        closed = true;
        ComponentHandler last = current;
        if (last == null) {
            return CompletableFuture.completedFuture(null);
        }
        last.close(end);
        return last.ended().toCompletableFuture();
    }
}
