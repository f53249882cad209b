package io.wavegate.s2s.entity;

import io.wavegate.persistence.journal.Journal;
import io.wavegate.s2s.api.LinkOperations;
import io.wavegate.s2s.api.LinkView;
import io.wavegate.s2s.api.Meter;
import io.wavegate.s2s.api.VoucherView;
import io.wavegate.s2s.api.WatchedEvent;
import io.wavegate.s2s.component.ComponentConnections;
import io.wavegate.s2s.component.ComponentReceiver;
import io.wavegate.s2s.component.ComponentsSettings;
import io.wavegate.s2s.probe.ExpectedAnswers;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.S2sStreams;
import io.wavegate.s2s.stream.StanzaReceiver;
import io.wavegate.s2s.vouch.KnownVouchers;
import io.wavegate.wavelet.api.RemoteDomains;
import io.wavegate.wavelet.api.Wavelets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;

/** The federation of a node: its links, and the edge whose streams they use. */
public final class S2sLinks implements LinkOperations, AutoCloseable {
    /** More links than this are not listed at once. */
    private static final int MAX_LISTED = 10_000;

    /** What sharding calls links. */
    public static final String KIND = LinkEntity.TYPE.name();

    private final Links links;
    private final Supplier<CompletionStage<List<DomainPair>>> running;
    private final List<String> domains;
    private final ComponentsSettings components;
    private final Optional<ActorSystem<?>> cluster;
    private final CompletableFuture<S2sStreams> edge = new CompletableFuture<>();
    private volatile boolean opened;

    private S2sLinks(
            List<String> domains,
            Links links,
            Supplier<CompletionStage<List<DomainPair>>> running,
            ComponentsSettings components,
            Optional<ActorSystem<?>> cluster) {
        this.cluster = cluster;
        this.domains = domains;
        this.links = links;
        this.running = running;
        this.components = components;
    }

    /** The same without components. */
    public static S2sLinks start(
            ActorSystem<?> system,
            LinksSettings settings,
            Set<String> domains,
            Journal journal,
            Supplier<Wavelets> wavelets) {
        return start(system, settings, domains, ComponentsSettings.NONE, journal, wavelets);
    }

    /**
     * Starts the entities, so that {@link #remoteDomains} can be given to the wavelets. Nothing is dialled or accepted
     * until {@link #open}.
     *
     * @param system a member of the cluster
     * @param domains our domains, prepared (RFC 7622)
     * @param components those that may connect to us, and those that we are
     * @param journal holds which wavelets are behind on which domain
     * @param wavelets may be there later than this call, but before {@link #open}
     */
    public static S2sLinks start(
            ActorSystem<?> system,
            LinksSettings settings,
            Set<String> domains,
            ComponentsSettings components,
            Journal journal,
            Supplier<Wavelets> wavelets) {
        Links links = new Links(system, settings, domains, components, journal, wavelets, Surroundings.cluster(system));
        LinkDirectory directory = LinkDirectory.start(system, links::onThisNode, MAX_LISTED);
        ClusterWatch.serve(system, links::watch);
        return new S2sLinks(
                domains.stream().sorted().toList(), links, directory::everywhere, components, Optional.of(system));
    }

    /** The same where a simulation decides what runs when and where. */
    public static S2sLinks start(
            ActorSystem<?> system,
            LinksSettings settings,
            Set<String> domains,
            ComponentsSettings components,
            Journal journal,
            Supplier<Wavelets> wavelets,
            Surroundings around) {
        Links links = new Links(system, settings, domains, components, journal, wavelets, around);
        return new S2sLinks(domains.stream().sorted().toList(), links, links::onThisNode, components, Optional.empty());
    }

    /**
     * Opens the edge, and wakes every link that wavelets are behind on.
     *
     * @param streams makes the edge, which gives what it receives to the receiver; called once
     */
    public void open(Function<StanzaReceiver, S2sStreams> streams) {
        open(streams.apply(links.receiver()));
    }

    private void open(S2sStreams streams) {
        edge.complete(streams);
        opened = true;
        links.open(streams);
        links.wakeBehind();
    }

    /**
     * The same on a node that is no edge: its links use the sockets of others.
     *
     * @param streams made for checks alone, called once
     */
    public void openWithoutEdge(Function<StanzaReceiver, S2sStreams> streams) {
        edge.complete(streams.apply(links.receiver()));
        links.wakeBehind();
    }

    /**
     * The same with components.
     *
     * @param accepted makes the edge for components, called once, after the other one
     */
    public void open(
            Function<StanzaReceiver, S2sStreams> streams, Function<ComponentReceiver, ComponentConnections> accepted) {
        S2sStreams network = streams.apply(links.receiver());
        ComponentConnections connections;
        try {
            connections = accepted.apply(links.componentReceiver());
        } catch (RuntimeException e) {
            network.close();
            throw e;
        }
        open(new ComponentStreams(network, links.components(), components));
        links.components().open(connections);
    }

    /** Where a check puts in that it waits for an answer. */
    public ExpectedAnswers expectedAnswers() {
        return links.expectedAnswers();
    }

    /** What sharding calls the link of two domains. */
    public static String entityId(String local, String remote) {
        return LinkEntity.entityId(new DomainPair(local, remote));
    }

    /** Has the first link placed before anybody waits for one; completes when that is done. */
    public CompletionStage<Void> rehearse() {
        return links.rehearse(domains.get(0));
    }

    @Override
    public CompletionStage<Optional<VoucherView>> voucher(String domain) {
        return vouchers(domain).thenApply(S2sLinks::view);
    }

    private static Optional<VoucherView> view(KnownVouchers vouchers) {
        return vouchers.newest()
                .map(newest -> new VoucherView(
                        newest.voucher().text(),
                        newest.since().toEpochMilli(),
                        vouchers.beforeNewest()
                                .map(before -> before.voucher().text())
                                .orElse("")));
    }

    /** Who vouched for a domain on earlier streams, for checks. */
    public CompletionStage<KnownVouchers> vouchers(String domain) {
        return links.vouchers(domain);
    }

    /** What is counted of the links. */
    public List<Meter> meters() {
        return links.meters();
    }

    /** For the wavelets. */
    public RemoteDomains remoteDomains() {
        return links.remoteDomains();
    }

    @Override
    public CompletionStage<LinkView> link(String local, String remote) {
        return links.view(new DomainPair(local, remote));
    }

    @Override
    public CompletionStage<List<LinkView>> links() {
        return running.get().thenCompose(pairs -> {
            CompletionStage<List<LinkView>> all = CompletableFuture.completedFuture(new ArrayList<>());
            for (DomainPair pair : pairs.stream().limit(MAX_LISTED).toList()) {
                CompletionStage<List<LinkView>> one =
                        links.view(pair).thenApply(List::of).exceptionally(failure -> List.of());
                all = all.thenCombine(one, (list, more) -> {
                    list.addAll(more);
                    return list;
                });
            }
            return all;
        });
    }

    @Override
    public List<String> localDomains() {
        return domains;
    }

    @Override
    public List<String> componentNames() {
        return components.accept().keySet().stream().sorted().toList();
    }

    @Override
    public CompletionStage<LinkView> retry(String local, String remote) {
        return links.retry(new DomainPair(local, remote));
    }

    @Override
    public CompletionStage<LinkView> close(String local, String remote) {
        return links.close(new DomainPair(local, remote));
    }

    @Override
    public LinkWatch watch(String local, String remote, Consumer<WatchedEvent> watcher) {
        DomainPair link = new DomainPair(local, remote);
        LinkWatch here = links.watch(link, watcher);
        Optional<LinkWatch> elsewhere = cluster.map(system -> ClusterWatch.begin(system, link, watcher));
        return () -> {
            here.close();
            elsewhere.ifPresent(LinkWatch::close);
        };
    }

    /**
     * The node will go: links open other streams at other edges, use them, and close those of this one; then streams that peers
     * opened are ended. To be called while the node is a member of its cluster; where there is no other edge nothing is done.
     *
     * @return completes when that is done, or took too long ({@code wavegate.s2s.links.edge.leave-within}); never fails
     */
    public CompletionStage<Void> leave() {
        return opened ? links.leave() : CompletableFuture.completedFuture(null);
    }

    /**
     * Leaves, and closes the edge: every stream cleanly, within a bounded time. The entities end with the actor system.
     */
    @Override
    public void close() {
        if (edge.isDone() && !edge.isCompletedExceptionally()) {
            leave().toCompletableFuture().join();
            edge.join().close();
        }
    }
}
