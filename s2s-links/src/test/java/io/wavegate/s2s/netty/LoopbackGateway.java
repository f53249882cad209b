package io.wavegate.s2s.netty;

import com.typesafe.config.ConfigFactory;
import io.wavegate.s2s.lab.LabCertificate;
import io.wavegate.s2s.resolve.Resolution;
import io.wavegate.s2s.resolve.Resolver;
import io.wavegate.s2s.resolve.Target;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.OutgoingStream;
import io.wavegate.s2s.stream.StanzaReceiver;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamEndedException;
import io.wavegate.s2s.stream.StreamPolicy;
import io.wavegate.s2s.tls.DomainCertificate;
import io.wavegate.s2s.tls.DomainCertificates;
import io.wavegate.s2s.tls.PeerCertificateJudge;
import io.wavegate.s2s.tls.TlsIdentities;
import io.wavegate.s2s.tls.TlsSettings;
import io.wavegate.s2s.vouch.Voucher;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.s2s.xml.Xmlns;
import java.net.InetSocketAddress;
import java.security.cert.TrustAnchor;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A gateway's edge on loopback; all that share a network find each other there by domain. */
public final class LoopbackGateway implements AutoCloseable, StanzaReceiver {
    public static final LabCertificate AUTHORITY = LabCertificate.authority("authority of the lab");

    public final List<XmlElement> inbox = new CopyOnWriteArrayList<>();
    /** Who vouched for whom, of streams that were authenticated. */
    public final Map<String, Voucher> vouchers = new ConcurrentHashMap<>();

    public final NettyStreams streams;
    public final TlsIdentities identities;
    private final String domain;
    private volatile CompletionStage<Void> taken = CompletableFuture.completedFuture(null);

    /** The addresses of domains. */
    public static final class Network {
        private final Map<String, InetSocketAddress> addresses = new ConcurrentHashMap<>();
        private final Map<String, List<Target>> targets = new ConcurrentHashMap<>();

        public Resolver resolver() {
            return Resolver.of(domain -> addresses.containsKey(domain)
                    ? new Resolution.Targets(
                            targets.getOrDefault(domain, List.of(target(addresses.get(domain), false))),
                            List.of("lab network"))
                    : new Resolution.Failed(
                            new StreamEnd(StreamEnd.Reason.REMOTE_NOT_FOUND, domain + " is not in the lab")));
        }

        public void put(String domain, InetSocketAddress address) {
            addresses.put(domain, address);
        }

        /** From now on the domain is looked for at these, in this order. */
        public void putTargets(String domain, Target... inOrder) {
            targets.put(domain, List.of(inOrder));
        }

        public InetSocketAddress address(String domain) {
            return addresses.get(domain);
        }

        public static Target target(InetSocketAddress address, boolean directTls) {
            return new Target("lab", address.getPort(), directTls, List.of(address.getAddress()));
        }
    }

    public static LabCertificate good(String domain) {
        return LabCertificate.request(domain).dns(domain).signedBy(AUTHORITY);
    }

    public LoopbackGateway(Network network, String domain, LabCertificate certificate, StreamPolicy policy) {
        this(network, domain, certificate, settings(policy));
    }

    public LoopbackGateway(Network network, String domain, LabCertificate certificate, StreamsSettings settings) {
        this(network, domain, certificate, settings, Clock.systemUTC());
    }

    /** @param clock by which certificates are judged */
    public LoopbackGateway(
            Network network, String domain, LabCertificate certificate, StreamsSettings settings, Clock clock) {
        this(network, domain, certificate, settings, clock, Optional.empty());
    }

    /** Its streams belong to somebody else. */
    public LoopbackGateway(Network network, String domain, StreamsSettings settings, StanzaReceiver receiver) {
        this(network, domain, good(domain), settings, Clock.systemUTC(), Optional.of(receiver));
    }

    private LoopbackGateway(
            Network network,
            String domain,
            LabCertificate certificate,
            StreamsSettings settings,
            Clock clock,
            Optional<StanzaReceiver> receiver) {
        this.domain = domain;
        TlsSettings tls = TlsSettings.from(ConfigFactory.load().getConfig("wavegate.s2s.tls"));
        identities = new TlsIdentities(
                Set.of(domain),
                new DomainCertificates(Map.of(domain, new DomainCertificate(certificate.chain(), certificate.key()))),
                new PeerCertificateJudge(Set.of(new TrustAnchor(AUTHORITY.leaf(), null))),
                tls,
                clock);
        streams = NettyStreams.start(settings, identities, network.resolver(), receiver.orElse(this));
        network.put(domain, streams.addresses().get(0));
    }

    public static StreamsSettings settings(StreamPolicy policy) {
        return settings(policy, "");
    }

    /** @param overrides below {@code wavegate.s2s}, one key per line */
    public static StreamsSettings settings(StreamPolicy policy, String overrides) {
        String config =
                """
                listen = ["127.0.0.1:0"]
                listen-direct-tls = ["127.0.0.1:0"]
                streams.policy { tls = %s, authentication = %s }
                """
                        .formatted(word(policy.tls()), word(policy.authentication()));
        return StreamsSettings.from(ConfigFactory.parseString(overrides)
                .withFallback(ConfigFactory.parseString(config))
                .withFallback(ConfigFactory.load().getConfig("wavegate.s2s")));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public OutgoingStream open(String remote) {
        return streams.open(new DomainPair(domain, remote))
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    /** Why no stream could be opened. */
    public StreamEnd openFails(String remote) {
        try {
            open(remote);
            throw new AssertionError("a stream to " + remote + " was opened");
        } catch (CompletionException e) {
            return ((StreamEndedException) e.getCause()).end();
        }
    }

    public XmlElement message(String remote, String body) {
        return XmlElement.builder(Xmlns.SERVER, "message")
                .attribute("from", domain)
                .attribute("to", remote)
                .child(XmlElement.builder(Xmlns.SERVER, "body").text(body).build())
                .build();
    }

    /** What a meter says, over all its labels. */
    public long sum(String meter) {
        return streams.meters().stream()
                .filter(one -> one.name().equals(meter))
                .mapToLong(one -> one.value().getAsLong())
                .sum();
    }

    /** From now on stanzas are taken over only when this completes. */
    public void takeWhen(CompletionStage<Void> condition) {
        taken = condition;
    }

    @Override
    public void authenticated(String remote, Voucher voucher) {
        vouchers.put(remote, voucher);
    }

    @Override
    public CompletionStage<Void> received(DomainPair pair, List<XmlElement> stanzas) {
        inbox.addAll(stanzas);
        return taken;
    }

    @Override
    public void close() {
        streams.close();
    }
}
