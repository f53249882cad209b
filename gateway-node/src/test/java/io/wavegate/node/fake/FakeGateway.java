package io.wavegate.node.fake;

import com.typesafe.config.ConfigFactory;
import io.wavegate.node.client.WavegateClient;
import io.wavegate.node.config.FindingException;
import io.wavegate.node.config.HttpSettings;
import io.wavegate.node.http.ApiServer;
import io.wavegate.node.http.Endpoint;
import io.wavegate.node.http.Leaving;
import io.wavegate.node.http.NodeReads;
import io.wavegate.node.http.Router;
import io.wavegate.node.metrics.NodeMetrics;
import io.wavegate.node.session.SocketSession;
import io.wavegate.node.token.TokenKey;
import io.wavegate.node.token.Tokens;
import io.wavegate.node.wiring.ApiEndpoints;
import io.wavegate.wavelet.model.ParticipantId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.stream.Materializer;

/** The real client API on a free port of loopback, over {@link FakeWavelets}. */
public final class FakeGateway implements AutoCloseable {
    public static final HttpSettings SETTINGS =
            new HttpSettings("127.0.0.1", 0, 64 << 10, 100, 32 << 10, Duration.ofSeconds(2), 4, 3);

    /** Of its tokens. */
    public static final byte[] SECRET = "a secret of the tests, 32 bytes+".getBytes(StandardCharsets.UTF_8);

    public final Tokens tokens =
            new Tokens(TokenKey.Secret.of(SECRET), Set.of("a.test", "b.test"), Duration.ofSeconds(5));
    public final NodeMetrics metrics = new NodeMetrics();
    public final Leaving leaving = new Leaving();
    private volatile Optional<Instant> now = Optional.empty();
    private final ActorSystem<Void> system;
    private final ServerBinding binding;

    public FakeGateway(FakeWavelets wavelets) throws FindingException {
        this(wavelets, new FakeAdmin());
    }

    public FakeGateway(FakeWavelets wavelets, FakeAdmin admin) throws FindingException {
        system = ActorSystem.create(
                Behaviors.empty(),
                "api",
                ConfigFactory.parseString("pekko.stdout-loglevel = OFF, pekko.actor.provider = local")
                        .withFallback(ConfigFactory.load()));
        Materializer materializer = Materializer.createMaterializer(system);
        List<Endpoint> endpoints = new ArrayList<>(
                ApiEndpoints.all(wavelets, SETTINGS, new NodeReads(FakeHealth.WELL, metrics::scrape), leaving));
        endpoints.addAll(admin.endpoints());
        Router router = new Router(endpoints, tokens, admin.gate());
        ApiServer server = new ApiServer(
                router,
                SETTINGS,
                metrics,
                (user, life) -> new SocketSession(wavelets, user, SETTINGS, metrics, leaving, materializer).flow(life),
                materializer,
                () -> now.orElseGet(Instant::now));
        binding = server.bind(system);
    }

    /** The time by which it judges tokens stands still here from now on. */
    public void setClock(Instant instant) {
        now = Optional.of(instant);
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + binding.localAddress().getPort());
    }

    public String token(String user) {
        return tokens.make(new ParticipantId(user), Instant.now(), Duration.ofHours(1))
                .orElseThrow();
    }

    public WavegateClient client(String user) {
        return WavegateClient.connect(uri(), token(user), new ParticipantId(user));
    }

    @Override
    public void close() {
        system.terminate();
        metrics.close();
    }
}
