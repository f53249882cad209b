package io.wavegate.s2s.entity;

import io.wavegate.s2s.component.ComponentConnections;
import io.wavegate.s2s.component.ComponentStream;
import io.wavegate.s2s.component.ComponentsSettings;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.OutgoingStream;
import io.wavegate.s2s.stream.S2sStreams;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamEndedException;
import io.wavegate.s2s.stream.Unsent;
import io.wavegate.s2s.xml.XmlElement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Streams, where for some pairs a component's connection takes the place of one: everything of a name under which we are a
 * component goes by way of that server, and a component that is connected here is reached without a network.
 */
final class ComponentStreams implements S2sStreams {
    private final S2sStreams network;
    private final ComponentConnections connections;
    private final ComponentsSettings settings;
    private final Map<ComponentStream, Set<Shared>> parts = new ConcurrentHashMap<>();

    ComponentStreams(S2sStreams network, ComponentConnections connections, ComponentsSettings settings) {
        this.network = network;
        this.connections = connections;
        this.settings = settings;
    }

    @Override
    public CompletionStage<OutgoingStream> open(DomainPair pair) {
        if (settings.connect().containsKey(pair.local())) {
            return over(
                    pair,
                    connections.connected(pair.local()),
                    "the server of component " + pair.local() + " is not connected: "
                            + connections.whyNotConnected(pair.local()));
        } else if (settings.accept().containsKey(pair.remote())) {
            return over(
                    pair,
                    connections.accepted(pair.remote()),
                    "component " + pair.remote() + " is not connected to us; start it");
        }
        return network.open(pair);
    }

    private CompletionStage<OutgoingStream> over(
            DomainPair pair, Optional<ComponentStream> connection, String otherwise) {
        return connection.isPresent()
                ? CompletableFuture.completedFuture(part(pair, connection.get()))
                : CompletableFuture.failedFuture(
                        new StreamEndedException(new StreamEnd(StreamEnd.Reason.CONNECT_FAILED, otherwise)));
    }

    private OutgoingStream part(DomainPair pair, ComponentStream connection) {
        Set<Shared> fresh = ConcurrentHashMap.newKeySet();
        Set<Shared> known = parts.putIfAbsent(connection, fresh);
        Set<Shared> all = known == null ? fresh : known;
        Shared part = new Shared(pair, connection, all);
        all.add(part);
        if (known == null) {
            // Once for a connection, not for each part: it may live for months, and parts come and go.
            connection.ended().thenAccept(end -> {
                parts.remove(connection);
                fresh.forEach(one -> one.end(end));
            });
        } else if (parts.get(connection) != all) {
            part.end(new StreamEnd(StreamEnd.Reason.CONNECTION_LOST, "the connection has just ended"));
        }
        return part;
    }

    @Override
    public void forget(String domain) {
        network.forget(domain);
    }

    /** A connection with a component, or as one, is no stream of another domain, and stays. */
    @Override
    public void closeAccepted(Predicate<DomainPair> which) {
        network.closeAccepted(which);
    }

    @Override
    public void stopAccepting() {
        network.stopAccepting();
    }

    @Override
    public int accepted() {
        return network.accepted();
    }

    /** Streams first: a component is told of what comes to nothing by that, and answers what came on them. */
    @Override
    public void close() {
        network.close();
        connections.close();
    }

    /** A part in a connection that many pairs use: closing it closes nothing. */
    private static final class Shared implements OutgoingStream {
        private final DomainPair pair;
        private final ComponentStream connection;
        private final Set<Shared> siblings;
        private final CompletableFuture<StreamEnd> ended = new CompletableFuture<>();

        private Shared(DomainPair pair, ComponentStream connection, Set<Shared> siblings) {
            this.pair = pair;
            this.connection = connection;
            this.siblings = siblings;
        }

        private void end(StreamEnd end) {
            siblings.remove(this);
            ended.complete(end);
        }

        @Override
        public DomainPair pair() {
            return pair;
        }

        @Override
        public CompletionStage<Unsent> send(List<XmlElement> stanzas) {
            return connection.send(stanzas).thenApply(sent -> Unsent.NOTHING);
        }

        @Override
        public CompletionStage<StreamEnd> ended() {
            return ended.minimalCompletionStage();
        }

        @Override
        public void close() {
            end(new StreamEnd(StreamEnd.Reason.CLOSED_BY_US, "closed as asked"));
        }
    }
}
