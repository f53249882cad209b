package io.wavegate.load.sim.stream;

import io.wavegate.s2s.jid.Domain;
import io.wavegate.s2s.limit.EdgeLimits;
import io.wavegate.s2s.netty.StreamsSettings;
import io.wavegate.s2s.resolve.DialTimes;
import io.wavegate.s2s.stream.DialbackAnswer;
import io.wavegate.s2s.stream.DialbackKey;
import io.wavegate.s2s.stream.DialbackQuestion;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.InitiatingStream;
import io.wavegate.s2s.stream.InitiatingTerms;
import io.wavegate.s2s.stream.OutgoingStream;
import io.wavegate.s2s.stream.ReceivingStream;
import io.wavegate.s2s.stream.ReceivingTerms;
import io.wavegate.s2s.stream.S2sStreams;
import io.wavegate.s2s.stream.StanzaReceiver;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamPurpose;
import io.wavegate.s2s.wire.AcceptedPairs;
import io.wavegate.s2s.wire.AcceptedStream;
import io.wavegate.s2s.wire.Dialing;
import io.wavegate.s2s.wire.InitiatingMachine;
import io.wavegate.s2s.wire.ReadyStream;
import io.wavegate.s2s.wire.ReceivingMachine;
import io.wavegate.s2s.wire.ReverseStreams;
import io.wavegate.s2s.wire.StreamConnection;
import io.wavegate.s2s.wire.StreamCounters;
import java.time.Clock;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** The edge of a simulated node over simulated bytes: what {@code NettyStreams} is over sockets. */
public final class NodeStreams implements S2sStreams, ByteNetwork.Listener {
    /** What Linux comes to by itself: 15 retransmissions (RFC 1122 section 4.2.3.5 asks for 100 s at least). */
    private static final long TCP_PATIENCE_MICROS = 924_600_000;

    private final Place place;
    private final SimSocket.Patience patience;
    private final ByteNetwork network;
    private final StreamsSettings settings;
    private final SimResolver resolver;
    private final DialbackKey key;
    private final Shared shared;
    private final ReceivingStream receiving;
    private final EdgeLimits limits;
    private final ReverseStreams waysBack = new ReverseStreams();
    private final AcceptedPairs accepted = new AcceptedPairs();
    private final Map<StreamConnection, SentAndTold> judges = new IdentityHashMap<>();
    private long ids;

    /**
     * Where a node is.
     *
     * @param domain its domain
     * @param number which of the domains that is, from 1
     * @param node which of its nodes
     * @param trusted whether others believe its certificate; else it is verified by dialback
     * @param loop its threads, for this life
     * @param clock its clock
     * @param impatient whether its system gives up a connection when the product asks for it (RFC 5482), else as late as TCP does
     */
    public record Place(
            String domain, int number, int node, boolean trusted, Loop loop, Clock clock, boolean impatient) {}

    private NodeStreams(
            Place place,
            ByteNetwork network,
            SimZones zones,
            RealSettings settings,
            Set<Flaw> flaws,
            StanzaReceiver receiver) {
        this.place = place;
        this.network = network;
        this.settings = settings.streams();
        long writes = settings.streams().writeTimeout().toNanos() / 1_000;
        patience = new SimSocket.Patience(writes, place.impatient() ? writes : TCP_PATIENCE_MICROS);
        resolver = new SimResolver(
                settings.resolve(), place.loop(), place.clock(), network, zones, flaws.contains(Flaw.NEVER_AGAIN));
        key = DialbackKey.ofAll(settings.streams().dialbackSecrets());
        shared = new Shared(
                place.domain(),
                place.trusted(),
                place.loop(),
                place.clock(),
                settings.streams(),
                receiver,
                this::verify,
                new StreamCounters(),
                flaws);
        limits = new EdgeLimits(settings.streams().most());
        receiving = new ReceivingStream(new ReceivingTerms(
                Set.of(place.domain()),
                settings.streams().policies(),
                settings.streams().timeouts(),
                settings.streams().limits(),
                settings.streams().extensions(),
                key,
                () -> Long.toHexString(place.loop().between(0, Long.MAX_VALUE - 1)) + "-" + ++ids));
    }

    /** Listens and is ready to open streams. */
    public static NodeStreams start(
            Place place,
            ByteNetwork network,
            SimZones zones,
            RealSettings settings,
            Set<Flaw> flaws,
            StanzaReceiver receiver) {
        NodeStreams streams = new NodeStreams(place, network, zones, settings, flaws, receiver);
        network.listen(SimZones.addresses(place.number(), place.node()), streams);
        return streams;
    }

    @Override
    public CompletionStage<OutgoingStream> open(DomainPair pair) {
        Optional<ReadyStream> back = waysBack.find(pair);
        return back.isPresent()
                ? CompletableFuture.completedFuture(watched(back.get()))
                : dial(pair, new StreamPurpose.Stanzas()).opened().thenApply(this::watched);
    }

    private OutgoingStream watched(ReadyStream stream) {
        SentAndTold judge = Objects.requireNonNull(judges.get(stream.connection()));
        return new WatchedStream(stream, judge, shared.has(Flaw.FORGET_UNACKNOWLEDGED));
    }

    private CompletionStage<DialbackAnswer> verify(DialbackQuestion question, String network) {
        DomainPair pair = new DomainPair(question.target(), question.sender());
        return dial(pair, new StreamPurpose.Verification(question))
                .answered()
                .exceptionally(failure -> DialbackAnswer.REMOTE_SERVER_TIMEOUT);
    }

    private Dialing dial(DomainPair pair, StreamPurpose purpose) {
        InitiatingTerms terms = new InitiatingTerms(
                Set.of(place.domain()),
                settings.policies().policyFor(pair.remote()),
                settings.timeouts(),
                settings.limits(),
                settings.extensions(),
                key);
        InitiatingStream stream = new InitiatingStream(pair, purpose, terms);
        SimLoop loop = new SimLoop(place.loop());
        Dialing dialing = new Dialing(
                resolver.dial(pair.remote(), new DialTimes(settings.connectTimeout(), settings.openTimeout())),
                resolver,
                loop,
                new SimDialer(network, place(), (socket, directTls, told) -> {
                    InitiatingMachine machine = new InitiatingMachine(stream, pair, directTls);
                    return known(
                            socket, new SimCarrier(socket, loop, machine, shared, told, limits.dialled(pair.remote())));
                }),
                address -> new SimLog(place(), "to " + pair.remote() + " at " + address));
        dialing.opened().whenComplete((opened, failure) -> {
            if (failure != null) {
                place.loop().line(place.domain() + ": no stream to " + pair.remote() + ": " + failure.getMessage());
            }
        });
        dialing.start();
        return dialing;
    }

    private SimCarrier known(SimSocket socket, SimCarrier carrier) {
        judges.put(carrier.stream(), socket.out());
        return carrier;
    }

    @Override
    public SimSocket.Place place() {
        return new SimSocket.Place(place.loop(), place.domain(), patience);
    }

    @Override
    public void accept(SimSocket socket, boolean directTls) {
        SimLoop loop = new SimLoop(place.loop());
        String from = socket.other().domain();
        AcceptedStream events = new AcceptedStream(
                accepted, waysBack, shared.receiver(), new SimLog(place(), "from a host of " + from));
        SimCarrier carrier = new SimCarrier(
                socket,
                loop,
                new ReceivingMachine(receiving, directTls),
                shared,
                events,
                limits.accepted(from, loop.nanos()));
        known(socket, carrier).begin();
    }

    @Override
    public void forget(String domain) {
        Domain.parse(domain).ifPresent(name -> resolver.flush(Optional.of(name)));
    }

    @Override
    public void closeAccepted(Predicate<DomainPair> which) {
        accepted.close(which, new StreamEnd(StreamEnd.Reason.CLOSED_BY_US, "closed as asked"));
    }

    @Override
    public void stopAccepting() {
        network.stopListening(this);
    }

    @Override
    public int accepted() {
        return accepted.streams();
    }

    @Override
    public void close() {}
}
