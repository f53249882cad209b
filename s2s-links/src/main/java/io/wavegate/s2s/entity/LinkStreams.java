package io.wavegate.s2s.entity;

import io.wavegate.s2s.edge.FromEdge;
import io.wavegate.s2s.edge.LinkEdges;
import io.wavegate.s2s.edge.LinkEdgesEffect;
import io.wavegate.s2s.edge.ToEdge;
import io.wavegate.s2s.link.LinkInput;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.xml.XmlElement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The streams of one link: carries out what {@link LinkEdges} decides, for the entity alone. What becomes of streams waits
 * here until the entity takes it ({@link #next}). Who watches the link sees what becomes of streams and what is sent on them.
 */
final class LinkStreams {
    private static final Logger LOG = LoggerFactory.getLogger(LinkStreams.class);

    private final DomainPair link;
    private final Environment environment;
    private final ActorContext<LinkCommand> entity;
    private final LinkEdges<ActorRef<EdgeCommand>> edges;
    private final Set<ActorRef<EdgeCommand>> watched = new HashSet<>();
    private final Deque<LinkInput> news = new ArrayDeque<>();
    private Optional<ActorRef<EdgeCommand>> local = Optional.empty();
    private Optional<LinkCommand.Edges> listed = Optional.empty();
    private boolean outdated;

    /**
     * What it needs of the node.
     *
     * @param edges where the edges are
     * @param settings how long they are waited for
     * @param inbound works on stanzas of the peer's that come by way of an edge
     * @param clock milliseconds since the epoch
     * @param random spreads what would happen at once
     * @param watches shown what passes
     */
    record Environment(
            NodeEdges edges,
            EdgeSettings settings,
            Worker inbound,
            LongSupplier clock,
            Random random,
            LinkWatches watches) {}

    /** Works on stanzas of the peer's. */
    @FunctionalInterface
    interface Worker {
        /** @return completes when they are dealt with; never fails */
        CompletionStage<Void> work(
                DomainPair link, DomainPair pair, List<XmlElement> stanzas, ActorRef<LinkCommand> entity);
    }

    LinkStreams(DomainPair link, Environment environment, ActorContext<LinkCommand> entity) {
        this.link = link;
        this.environment = environment;
        this.entity = entity;
        long now = now();
        this.edges = new LinkEdges<>(now, environment.settings().link(), environment.random(), now);
        environment.edges().follow(entity);
    }

    private long now() {
        return environment.clock().getAsLong();
    }

    // ---- what the entity is told

    void edges(LinkCommand.Edges all) {
        listed = Optional.of(all);
        look();
    }

    void localEdge(LinkCommand.LocalEdge here) {
        local = Optional.of(here.edge());
        look();
    }

    private void look() {
        if (listed.isEmpty()) {
            return;
        }
        // In the order in which they are listed, for all who need to see the same happen again.
        Set<ActorRef<EdgeCommand>> all = new LinkedHashSet<>(listed.get().all());
        Set<ActorRef<EdgeCommand>> reachable = new LinkedHashSet<>(listed.get().reachable());
        local.ifPresent(all::add);
        local.ifPresent(reachable::add);
        for (ActorRef<EdgeCommand> edge : all) {
            if (watched.add(edge)) {
                entity.watchWith(edge, new LinkCommand.EdgeGone(edge));
            }
        }
        carryOut(edges.edges(all, reachable, local, all.size() >= listed.get().expected(), now()));
    }

    void gone(LinkCommand.EdgeGone gone) {
        watched.remove(gone.edge());
        local = local.filter(here -> !here.equals(gone.edge()));
        carryOut(edges.lost(gone.edge(), now()));
    }

    void from(LinkCommand.FromEdgeActor from) {
        if (from.message() instanceof FromEdge.Unknown) {
            LOG.warn(
                    "An edge told the link {} -> {} something that this release does not know; it was dropped. Nodes of"
                            + " neighbouring releases work together, no others.",
                    link.local(),
                    link.remote());
        }
        carryOut(edges.from(from.edge(), from.message(), now()));
    }

    void handled(LinkCommand.InboundHandled handled) {
        carryOut(edges.handled(handled.edge(), handled.pair(), handled.end()));
    }

    // ---- what the entity wants

    void open(DomainPair pair) {
        carryOut(edges.open(pair, now()));
    }

    /** If sending fails the stream has ended too, which is told on its own. */
    void send(DomainPair pair, long number, List<XmlElement> stanzas) {
        environment.watches().sent(link, pair, stanzas);
        carryOut(edges.send(number, stanzas, now()));
    }

    void close(long number) {
        carryOut(edges.close(number, now()));
    }

    /** The peer does not answer on it. */
    void abandon(long number) {
        carryOut(edges.abandon(number, now()));
    }

    /** Attempts from now on do not rely on what DNS said before. */
    void lookAgain() {
        carryOut(edges.tellAll(new ToEdge.ForgetDns(), now()));
    }

    /** Closes what the peer opened, under its names or these. */
    void closeAccepted(List<String> services) {
        carryOut(edges.tellAll(new ToEdge.CloseAccepted(services), now()));
    }

    /** The entity goes: its streams stay, for the next one. */
    void release() {
        carryOut(edges.tellAll(new ToEdge.Release(), now()));
    }

    void tick() {
        carryOut(edges.tick(now()));
    }

    /** When {@link #tick} is due; {@link Long#MAX_VALUE} for never. */
    long nextWakeMillis() {
        return edges.nextWakeMillis();
    }

    /** Everything that was to be sent is with a socket, and no stream is being opened. */
    boolean isSettled() {
        return edges.isSettled();
    }

    /** Another entity of the link has taken over. */
    boolean isOutdated() {
        return outdated;
    }

    // ---- what comes of it

    /** What became of streams, the oldest first. */
    Optional<LinkInput> next() {
        return Optional.ofNullable(news.poll());
    }

    private void carryOut(List<LinkEdgesEffect<ActorRef<EdgeCommand>>> effects) {
        for (LinkEdgesEffect<ActorRef<EdgeCommand>> effect : effects) {
            if (effect instanceof LinkEdgesEffect.Tell<ActorRef<EdgeCommand>> tell) {
                tell.edge().tell(new EdgeCommand.FromLink(link, edges.incarnation(), entity.getSelf(), tell.message()));
            } else if (effect instanceof LinkEdgesEffect.Happened<ActorRef<EdgeCommand>> happened) {
                show(happened.input());
                news.add(happened.input());
            } else if (effect instanceof LinkEdgesEffect.Receive<ActorRef<EdgeCommand>> receive) {
                work(receive);
            } else {
                outdated = true;
            }
        }
    }

    private void work(LinkEdgesEffect.Receive<ActorRef<EdgeCommand>> receive) {
        ActorRef<LinkCommand> self = entity.getSelf();
        LinkCommand done = new LinkCommand.InboundHandled(receive.edge(), receive.pair(), receive.end());
        // What is said in answer goes before that, by the same way, so it is with an edge before the peer is told
        // (XEP-0198).
        environment
                .inbound()
                .work(link, receive.pair(), receive.stanzas(), self)
                .whenComplete((nothing, failure) -> self.tell(done));
    }

    private void show(LinkInput input) {
        LinkWatches watches = environment.watches();
        if (input instanceof LinkInput.StreamOpened opened) {
            watches.happened(link, opened.pair(), "stream is open");
        } else if (input instanceof LinkInput.StreamFound found) {
            watches.happened(link, found.pair(), "stream was found");
        } else if (input instanceof LinkInput.StreamLeaving leaving) {
            watches.happened(link, leaving.pair(), "the edge of the stream will go");
        } else if (input instanceof LinkInput.StreamEnded ended) {
            watches.happened(link, ended.pair(), "stream ended: " + told(ended.end()));
        } else if (input instanceof LinkInput.StreamFailed failed) {
            watches.happened(link, failed.pair(), "no stream: " + told(failed.end()));
        }
    }

    private static String told(StreamEnd end) {
        return end.label() + ": " + end.text();
    }
}
