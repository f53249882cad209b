package io.wavegate.node.fake;

import io.wavegate.node.admin.AdminSettings;
import io.wavegate.node.admin.ClusterAdmin;
import io.wavegate.node.http.Endpoint;
import io.wavegate.node.http.OperatorGate;
import io.wavegate.node.token.OperatorTokens;
import io.wavegate.node.token.TokenKey;
import io.wavegate.node.token.TokenSettings;
import io.wavegate.node.wiring.AdminEndpoints;
import io.wavegate.s2s.api.CertificateView;
import io.wavegate.s2s.api.CertificateViews;
import io.wavegate.s2s.api.ResolutionReport;
import io.wavegate.s2s.api.Resolutions;
import io.wavegate.s2s.check.Area;
import io.wavegate.s2s.check.Check;
import io.wavegate.s2s.check.CheckReport;
import io.wavegate.s2s.check.DomainChecks;
import io.wavegate.s2s.check.Severity;
import io.wavegate.s2s.check.Side;
import io.wavegate.s2s.jid.Domain;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** The parts of a node that operators act on, faked. */
public final class FakeAdmin {
    private static final int MAX_WATCHES = 2;

    public final FakeLinks links = new FakeLinks();
    public final List<String> asked = new CopyOnWriteArrayList<>();
    private final AdminSettings settings = new AdminSettings(Optional.empty(), false, MAX_WATCHES);

    /** An operator's token of the tests' key. */
    public static String token(Duration life) {
        return new OperatorTokens(TokenKey.Secret.of(FakeGateway.SECRET), Duration.ZERO)
                .make("ada", Instant.now(), life)
                .orElseThrow();
    }

    public List<Endpoint> endpoints() {
        return AdminEndpoints.all(
                links,
                new Certificates(),
                new Checks(),
                new Dns(),
                links.localDomains(),
                new ClusterAdmin(
                        new FakeCluster(asked),
                        new FakeShards(),
                        links.localDomains(),
                        InstantSource.fixed(Instant.ofEpochMilli(10_000))),
                settings,
                InstantSource.fixed(Instant.ofEpochMilli(10_000)));
    }

    public OperatorGate gate() {
        return AdminEndpoints.gate(settings, new TokenSettings(TokenKey.Secret.of(FakeGateway.SECRET), Duration.ZERO));
    }

    private final class Certificates implements CertificateViews {
        @Override
        public List<CertificateView> certificates() {
            return List.of(new CertificateView(
                    "a.test",
                    "tls",
                    "CN=a.test",
                    "CN=ca",
                    List.of("a.test", "wave.a.test"),
                    1_000,
                    86_410_000,
                    1_000,
                    "the new file has no certificate in it",
                    List.of("It ends soon; renew it")));
        }

        @Override
        public void reload() {
            asked.add("reload");
        }

        @Override
        public long taken() {
            return 0;
        }

        @Override
        public long refused() {
            return 0;
        }
    }

    private final class Checks implements DomainChecks {
        @Override
        public CompletionStage<CheckReport> check(String local, String remote) {
            asked.add("check " + local + " " + remote);
            return CompletableFuture.completedFuture(new CheckReport(
                    remote,
                    local,
                    List.of(new Check(
                            "connect.address",
                            Area.CONNECT,
                            Severity.ERROR,
                            Side.REMOTE,
                            "192.0.2.1 port 5269 refuses connections",
                            "Start it",
                            OptionalLong.of(3)))));
        }

        @Override
        public CompletionStage<CheckReport> checkSelf(String local) {
            asked.add("self " + local);
            return CompletableFuture.completedFuture(new CheckReport(local, local, List.of()));
        }
    }

    private final class Dns implements Resolutions {
        @Override
        public CompletionStage<ResolutionReport> report(Domain domain) {
            return CompletableFuture.failedFuture(new UnsupportedOperationException("not asked here"));
        }

        @Override
        public int flush(Optional<Domain> domain) {
            asked.add("flush " + domain.map(Domain::value).orElse("all"));
            return 3;
        }
    }
}
