package io.wavegate.s2s.netty;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.timeout.WriteTimeoutHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.wavegate.s2s.api.Meter;
import io.wavegate.s2s.check.StreamProbes;
import io.wavegate.s2s.jid.Domain;
import io.wavegate.s2s.limit.Admission;
import io.wavegate.s2s.limit.EdgeLimits;
import io.wavegate.s2s.limit.Network;
import io.wavegate.s2s.resolve.DialTimes;
import io.wavegate.s2s.resolve.Resolver;
import io.wavegate.s2s.stream.DialbackAnswer;
import io.wavegate.s2s.stream.DialbackKey;
import io.wavegate.s2s.stream.DialbackQuestion;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.InitiatingStream;
import io.wavegate.s2s.stream.InitiatingTerms;
import io.wavegate.s2s.stream.LocalIdentities;
import io.wavegate.s2s.stream.OutgoingStream;
import io.wavegate.s2s.stream.ReceivingStream;
import io.wavegate.s2s.stream.ReceivingTerms;
import io.wavegate.s2s.stream.S2sStreams;
import io.wavegate.s2s.stream.StanzaReceiver;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamEndedException;
import io.wavegate.s2s.stream.StreamPolicy;
import io.wavegate.s2s.stream.StreamPurpose;
import io.wavegate.s2s.wire.AcceptedPairs;
import io.wavegate.s2s.wire.AcceptedStream;
import io.wavegate.s2s.wire.ConnectionBounds;
import io.wavegate.s2s.wire.Dialing;
import io.wavegate.s2s.wire.InitiatingMachine;
import io.wavegate.s2s.wire.ReadyStream;
import io.wavegate.s2s.wire.ReceivingMachine;
import io.wavegate.s2s.wire.ReverseStreams;
import io.wavegate.s2s.wire.StreamCounters;
import io.wavegate.s2s.wire.StreamEvents;
import io.wavegate.s2s.wire.StreamMachine;
import io.wavegate.s2s.wire.StreamSurroundings;
import io.wavegate.s2s.xml.StreamErrorCondition;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The edge over Netty: listeners, streams accepted and streams opened. */
public final class NettyStreams implements S2sStreams {
    private static final Logger LOG = LoggerFactory.getLogger(NettyStreams.class);
    private static final StreamEnd GOING_DOWN =
            new StreamEnd(StreamEnd.Reason.SHUTDOWN, StreamErrorCondition.SYSTEM_SHUTDOWN, "this server is going down");

    /** Connections that are refused and told why, at once. */
    private static final int MOST_TOLD = 256;

    private final StreamsSettings settings;
    private final LocalIdentities identities;
    private final Resolver resolver;
    private final DialbackKey key;
    private final Transport transport;
    private final ExecutorService tlsExecutor;
    private final TlsMeans tls;
    private final StreamSurroundings surroundings;
    private final EdgeLimits limits;
    private final AtomicInteger beingRefused = new AtomicInteger();
    private final ReverseStreams wayBack = new ReverseStreams();
    private final AcceptedPairs acceptedPairs = new AcceptedPairs();
    private final Set<StreamHandler> streams = ConcurrentHashMap.newKeySet();
    private final List<Channel> listeners = new ArrayList<>();
    private final List<Channel> directTlsListeners = new ArrayList<>();
    private volatile boolean closed;

    private NettyStreams(
            StreamsSettings settings, LocalIdentities identities, Resolver resolver, StanzaReceiver receiver) {
        this.settings = settings;
        this.identities = identities;
        this.resolver = resolver;
        key = dialbackKey(settings.dialbackSecrets());
        transport = new Transport(settings);
        tlsExecutor = Executors.newFixedThreadPool(
                Runtime.getRuntime().availableProcessors(), new DefaultThreadFactory("wavegate-s2s-tls", true));
        limits = new EdgeLimits(settings.most());
        LimitLog limitLog = new LimitLog("wavegate.s2s.streams.limits");
        Verifications verifications = new Verifications(limits, limitLog, settings.openTimeout(), this::dialBack);
        tls = new TlsMeans(identities, tlsExecutor);
        ConnectionBounds bounds = new ConnectionBounds(
                settings.inboundBytes(),
                settings.keepalive(),
                settings.timeouts().closing());
        surroundings = new StreamSurroundings(
                identities.clock(), receiver, verifications, bounds, new StreamCounters(), limitLog);
    }

    /**
     * Listens and is ready to open streams.
     *
     * @param receiver takes the stanzas that arrive
     * @throws IllegalStateException naming the address, if one cannot be listened on
     */
    public static NettyStreams start(
            StreamsSettings settings, LocalIdentities identities, Resolver resolver, StanzaReceiver receiver) {
        NettyStreams streams = new NettyStreams(settings, identities, resolver, receiver);
        try {
            settings.listen().forEach(address -> streams.listen(address, false, streams.listeners));
            settings.listenDirectTls().forEach(address -> streams.listen(address, true, streams.directTlsListeners));
        } catch (IllegalStateException e) {
            streams.close();
            throw e;
        }
        return streams;
    }

    /** Of the configured secrets, or of one that is made for this start alone. */
    static DialbackKey dialbackKey(List<String> secrets) {
        return DialbackKey.ofAll(secrets.isEmpty() ? List.of(RandomText.get()) : secrets);
    }

    /** Opens streams and accepts none. */
    public static NettyStreams withoutListeners(
            StreamsSettings settings, LocalIdentities identities, Resolver resolver, StanzaReceiver receiver) {
        return new NettyStreams(settings, identities, resolver, receiver);
    }

    /** Where streams that begin without TLS are accepted, with the ports that were really taken. */
    public List<InetSocketAddress> addresses() {
        return addresses(listeners);
    }

    /** Where streams that begin with TLS (XEP-0368) are accepted. */
    public List<InetSocketAddress> directTlsAddresses() {
        return addresses(directTlsListeners);
    }

    private static List<InetSocketAddress> addresses(List<Channel> listeners) {
        return listeners.stream()
                .map(listener -> (InetSocketAddress) listener.localAddress())
                .toList();
    }

    @Override
    public CompletionStage<OutgoingStream> open(DomainPair pair) {
        if (closed) {
            return goingDown();
        }
        Optional<ReadyStream> back = wayBack.find(pair);
        return back.isPresent()
                ? CompletableFuture.completedFuture(back.get())
                : dial(pair, new StreamPurpose.Stanzas())
                        .opened()
                        .whenComplete(this::count)
                        .thenApply(OutgoingStream.class::cast);
    }

    private void count(@Nullable OutgoingStream opened, @Nullable Throwable failure) {
        if (failure instanceof StreamEndedException ended) {
            surroundings.counters().unopened(ended.end());
        }
    }

    /** What is counted of streams and limits. */
    public List<Meter> meters() {
        List<Meter> meters = new ArrayList<>(surroundings.counters().meters());
        meters.addAll(limits.meters());
        meters.add(
                Meter.level("wavegate_s2s_connections", "Connections of streams, both ways", Map.of(), streams::size));
        return meters;
    }

    @Override
    public void forget(String domain) {
        Domain.parse(domain).ifPresent(name -> resolver.flush(Optional.of(name)));
    }

    @Override
    public void closeAccepted(Predicate<DomainPair> which) {
        acceptedPairs.close(which, new StreamEnd(StreamEnd.Reason.CLOSED_BY_US, "closed as asked"));
    }

    @Override
    public void stopAccepting() {
        Stream.concat(listeners.stream(), directTlsListeners.stream())
                .forEach(listener -> listener.close().awaitUninterruptibly());
    }

    @Override
    public int accepted() {
        return acceptedPairs.streams();
    }

    /** Opens streams to look at them; under these no policy of ours hides what there is to be seen. */
    public StreamProbes probes() {
        return new NettyProbes(
                transport::client,
                (pair, real) -> stream(
                        pair,
                        new StreamPurpose.Stanzas(),
                        real ? settings.policies().policyFor(pair.remote()) : StreamPolicy.DEFAULT),
                (stream, start) -> new InitiatingMachine(stream, start.pair(), start.directTls()),
                (channel, machine, events, remote) -> handler(channel, machine, events, limits.dialled(remote)));
    }

    private CompletionStage<DialbackAnswer> dialBack(DialbackQuestion question) {
        DomainPair pair = new DomainPair(question.target(), question.sender());
        return closed
                ? goingDown()
                : dial(pair, new StreamPurpose.Verification(question)).answered();
    }

    private static <T> CompletionStage<T> goingDown() {
        return CompletableFuture.failedFuture(new StreamEndedException(GOING_DOWN));
    }

    private InitiatingStream stream(DomainPair pair, StreamPurpose purpose, StreamPolicy policy) {
        InitiatingTerms terms = new InitiatingTerms(
                identities.domains(), policy, settings.timeouts(), settings.limits(), settings.extensions(), key);
        return new InitiatingStream(pair, purpose, terms);
    }

    private Dialing dial(DomainPair pair, StreamPurpose purpose) {
        InitiatingStream stream = stream(pair, purpose, settings.policies().policyFor(pair.remote()));
        EventLoop loop = transport.group().next();
        Dialing dialing = new Dialing(
                resolver.dial(pair.remote(), new DialTimes(settings.connectTimeout(), settings.openTimeout())),
                resolver,
                new NettyLoop(loop),
                new NettyDialer(
                        transport.client(),
                        loop,
                        (channel, target, events) -> handler(
                                channel,
                                new InitiatingMachine(stream, pair, target.directTls()),
                                events,
                                limits.dialled(pair.remote()))),
                DialledLog::new);
        dialing.start();
        return dialing;
    }

    private void listen(InetSocketAddress address, boolean directTls, List<Channel> into) {
        ReceivingTerms terms = new ReceivingTerms(
                identities.domains(),
                settings.policies(),
                settings.timeouts(),
                settings.limits(),
                settings.extensions(),
                key,
                RandomText::get);
        ReceivingStream stream = new ReceivingStream(terms);
        Channel listener = transport.listen(
                address, new PipelineBuilder(channel -> accepted(channel, new ReceivingMachine(stream, directTls))));
        into.add(listener);
        LOG.info("accepting streams of other domains on {}{}", listener.localAddress(), directTls ? ", TLS first" : "");
    }

    private StreamHandler accepted(Channel channel, StreamMachine machine) {
        InetSocketAddress peer = (InetSocketAddress) channel.remoteAddress();
        Admission admission = limits.accepted(Network.of(peer.getAddress()), System.nanoTime());
        StreamEvents events = new AcceptedStream(
                acceptedPairs, wayBack, surroundings.receiver(), new AcceptedLog(String.valueOf(peer)));
        StreamHandler handler = handler(channel, machine, events, admission);
        admission.refusal().ifPresent(excess -> {
            surroundings.refusals().refused("a connection from " + peer, excess, System.nanoTime());
            channel.closeFuture().addListener(closed -> beingRefused.decrementAndGet());
            if (beingRefused.incrementAndGet() > MOST_TOLD) {
                // Telling each of a flood why it is refused would cost what refusing is to save.
                handler.stream().refuseSilently(excess.end());
            }
        });
        return handler;
    }

    private StreamHandler handler(Channel channel, StreamMachine machine, StreamEvents events, Admission admission) {
        StreamHandler handler = new StreamHandler(channel, tls, machine, surroundings, events, admission);
        channel.pipeline()
                .addLast("bytes", new ByteMeter(admission, handler.stream()::pauseReading))
                .addLast(
                        "write-timeout",
                        new WriteTimeoutHandler(settings.writeTimeout().toMillis(), TimeUnit.MILLISECONDS));
        streams.add(handler);
        channel.closeFuture().addListener(future -> streams.remove(handler));
        return handler;
    }

    @Override
    public void close() {
        closed = true;
        stopAccepting();
        List<StreamHandler> open = List.copyOf(streams);
        open.forEach(handler -> handler.stream().close(GOING_DOWN));
        long patience = settings.timeouts().closing().toMillis();
        CompletableFuture<?>[] closing =
                open.stream().map(StreamHandler::closed).toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(closing)
                .completeOnTimeout(null, patience, TimeUnit.MILLISECONDS)
                .join();
        transport.group().shutdownGracefully(0, patience, TimeUnit.MILLISECONDS).awaitUninterruptibly(patience);
        tlsExecutor.shutdown();
    }
}
