package io.wavegate.load.sim.stream;

import io.wavegate.s2s.jid.Domain;
import io.wavegate.s2s.netty.StreamsSettings;
import io.wavegate.s2s.resolve.DialEffect;
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
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** The edge of a simulated node over simulated bytes: what {@code NettyStreams} is over sockets. */
public final class NodeStreams implements S2sStreams, ByteNetwork.Listener {
    private final Place place;
    private final ByteNetwork network;
    private final StreamsSettings settings;
    private final SimResolver resolver;
    private final DialbackKey key;
    private final Shared shared;
    private final ReceivingStream receiving;
    private final WayBack.All waysBack = new WayBack.All();
    private final Map<Connection, Set<DomainPair>> accepted = new LinkedHashMap<>();
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
     */
    public record Place(String domain, int number, int node, boolean trusted, Loop loop, Clock clock) {}

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
                flaws);
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
        Optional<OutgoingStream> back = waysBack.find(pair);
        return back.isPresent()
                ? CompletableFuture.completedFuture(back.get())
                : dial(pair, new StreamPurpose.Stanzas()).opened();
    }

    private CompletionStage<DialbackAnswer> verify(DialbackQuestion question) {
        DomainPair pair = new DomainPair(question.target(), question.sender());
        CompletableFuture<DialbackAnswer> answer = new CompletableFuture<>();
        dial(pair, new StreamPurpose.Verification(question))
                .answered()
                .whenComplete((said, failure) ->
                        answer.complete(failure == null ? said : DialbackAnswer.REMOTE_SERVER_TIMEOUT));
        return answer;
    }

    private Dialled dial(DomainPair pair, StreamPurpose purpose) {
        InitiatingTerms terms = new InitiatingTerms(
                Set.of(place.domain()),
                settings.policies().policyFor(pair.remote()),
                settings.timeouts(),
                settings.limits(),
                settings.extensions(),
                key);
        Dialled dialled = new Dialled(
                resolver.dial(pair.remote(), new DialTimes(settings.connectTimeout(), settings.openTimeout())),
                resolver,
                place.loop(),
                (connect, attempt) -> connect(new InitiatingStream(pair, purpose, terms), connect, attempt));
        dialled.start();
        return dialled;
    }

    private void connect(InitiatingStream stream, DialEffect.Connect connect, Dialled.Attempt attempt) {
        boolean directTls = connect.target().directTls();
        network.connect(
                place(),
                connect.address(),
                directTls,
                socket -> attempt.connected(
                        socket, new Connection(Machine.initiating(stream, directTls), socket, shared, attempt)),
                why -> attempt.failed(new StreamEnd(StreamEnd.Reason.CONNECT_FAILED, why)));
    }

    // ---- what peers open

    @Override
    public SimSocket.Place place() {
        return new SimSocket.Place(place.loop(), place.domain());
    }

    @Override
    public void accept(SimSocket socket, boolean directTls) {
        new Connection(Machine.receiving(receiving, directTls), socket, shared, new Accepted()).begin();
    }

    /** Follows a stream that a peer opened. */
    private final class Accepted implements StreamEvents {
        private Optional<Connection> known = Optional.empty();

        @Override
        public void ready(Connection stream, DomainPair pair) {
            known = Optional.of(stream);
            accepted.computeIfAbsent(stream, first -> new LinkedHashSet<>()).add(pair);
        }

        @Override
        public void wayBack(Connection stream, DomainPair pair) {
            known = Optional.of(stream);
            waysBack.add(pair, stream);
            shared.receiver().wayBack(pair);
        }

        @Override
        public void ended(StreamEnd end) {
            known.ifPresent(stream -> {
                accepted.remove(stream);
                waysBack.ended(stream, end);
            });
        }
    }

    @Override
    public void forget(String domain) {
        Domain.parse(domain).ifPresent(name -> resolver.flush(Optional.of(name)));
    }

    @Override
    public void closeAccepted(Predicate<DomainPair> which) {
        accepted.forEach((stream, pairs) -> {
            if (pairs.stream().anyMatch(which)) {
                stream.close(new StreamEnd(StreamEnd.Reason.CLOSED_BY_US, "closed as asked"));
            }
        });
    }

    @Override
    public int accepted() {
        return accepted.size();
    }

    @Override
    public void close() {}
}
