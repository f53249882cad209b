package io.wavegate.node.chart;

import static io.wavegate.node.chart.RenderedChart.elements;
import static io.wavegate.node.chart.RenderedChart.selects;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.typesafe.config.Config;
import io.wavegate.cluster.settings.ClusterSettings;
import io.wavegate.node.fake.FakeHealth;
import io.wavegate.node.http.Endpoint;
import io.wavegate.node.http.NodeReads;
import io.wavegate.node.wiring.NodeSettings;
import io.wavegate.persistence.StoreSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators rely on, in the objects that Helm makes of the chart. */
final class ChartTest {
    private static final List<String> ROLES = List.of("shard", "edge");

    @TempDir
    private static Path folder;

    private static ChartFixture helm;
    private static RenderedChart defaults;

    @BeforeAll
    static void render() throws Exception {
        helm = new ChartFixture(folder);
        defaults = helm.render("");
    }

    @AfterAll
    static void stop() throws Exception {
        helm.close();
    }

    @Test
    void helmFindsNothingWrong() throws Exception {
        HelmProcess.Answer lint = helm.helm.lint();
        assertThat(lint.done()).as(lint.text()).isTrue();
        assertThat(lint.text()).doesNotContain("[WARNING]", "[ERROR]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"shard", "edge"})
    void theProgramTakesWhatAPodGetsWithoutAFinding(String role) throws Exception {
        NodeSettings settings = defaults.pod(role).settings(folder, helm.secrets);
        assertThat(settings.cluster().roles()).containsExactly(role);
        assertThat(settings.cluster().host()).isEqualTo("10.1.2.3");
        assertThat(settings.cluster().tls()).isEmpty();
        assertThat(settings.store()).isInstanceOf(StoreSettings.Cassandra.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"shard", "edge"})
    void portsAreThoseThatTheProgramListensOn(String role) throws Exception {
        RenderedPod pod = defaults.pod(role);
        NodeSettings settings = pod.settings(folder, helm.secrets);
        assertThat(pod.port("cluster")).isEqualTo(settings.cluster().port());
        assertThat(pod.port("management"))
                .isEqualTo(settings.cluster().bootstrap().orElseThrow().port());
        assertThat(pod.port("api")).isEqualTo(settings.http().port());
        assertThat(settings.http().host()).isEqualTo("0.0.0.0");
        if (settings.cluster().isEdge()) {
            assertThat(settings.streams().listen()).anyMatch(address -> address.getPort() == pod.port("xmpp-server"));
        }
    }

    /** Nodes list the pods of shard nodes, by labels, in their namespace, and take the port of a name. */
    @ParameterizedTest
    @ValueSource(strings = {"shard", "edge"})
    void discoveryFindsThePodsOfShardNodesAndMayLookForThem(String role) throws Exception {
        NodeSettings settings = defaults.pod(role).settings(folder, helm.secrets);
        Config pekko = settings.cluster().over(settings.config());
        Config found = pekko.getConfig("pekko.management.cluster.bootstrap.contact-point-discovery");
        String selector = pekko.getString("pekko.discovery.kubernetes-api.pod-label-selector")
                .formatted(found.getString("service-name"));
        assertThat(selects(selector, defaults.pod("shard").labels())).isTrue();
        assertThat(selects(selector, defaults.pod("edge").labels())).isFalse();
        assertThat(selects(selector, helm.render("other", "").pod("shard").labels()))
                .as("a release beside it")
                .isFalse();
        assertThat(defaults.pod("shard").port(found.getString("port-name"))).isPositive();

        JsonNode account = defaults.one("ServiceAccount", "");
        assertThat(defaults.pod(role).spec().path("serviceAccountName")).isEqualTo(account.at("/metadata/name"));
        JsonNode binding = defaults.one("RoleBinding", "");
        assertThat(elements(binding.path("subjects")))
                .anyMatch(subject -> subject.path("kind").asText().equals("ServiceAccount")
                        && subject.path("name").equals(account.at("/metadata/name"))
                        && subject.path("namespace").asText().equals(LiveShards.NAMESPACE));
        JsonNode rights = defaults.one("Role", "");
        assertThat(binding.at("/roleRef/name")).isEqualTo(rights.at("/metadata/name"));
        JsonNode rule = rights.at("/rules/0");
        assertThat(rights.path("rules")).hasSize(1);
        assertThat(texts(rule.path("apiGroups"))).containsExactly("");
        assertThat(texts(rule.path("resources"))).containsExactly("pods");
        assertThat(texts(rule.path("verbs"))).contains("get", "list").isSubsetOf("get", "list", "watch");
    }

    @ParameterizedTest
    @ValueSource(strings = {"shard", "edge"})
    void probesAskWhatTheNodeAnswersAndWaitLongEnough(String role) throws Exception {
        RenderedPod pod = defaults.pod(role);
        ClusterSettings cluster = pod.settings(folder, helm.secrets).cluster();
        Set<String> open = Set.copyOf(new NodeReads(FakeHealth.WELL, () -> "")
                .endpoints().stream().map(Endpoint::template).toList());
        Map<String, String> paths =
                Map.of("startupProbe", "/startup", "readinessProbe", "/ready", "livenessProbe", "/alive");
        paths.forEach((probe, path) -> {
            JsonNode get = pod.container().path(probe).path("httpGet");
            assertThat(get.path("path").asText()).isEqualTo(path);
            assertThat(open).contains(path);
            assertThat(get.path("port").asText()).isEqualTo("api");
        });
        JsonNode startup = pod.container().path("startupProbe");
        Duration patience = Duration.ofSeconds(startup.path("periodSeconds").asLong()
                * startup.path("failureThreshold").asLong());
        assertThat(patience)
                .as("a node gives up by itself first")
                .isGreaterThan(cluster.joinTimeout()
                        .plus(cluster.failureDetection().presence().foundAfter()));
        long needed = cluster.handOverTimeout().toSeconds()
                + 4 * cluster.shutdownTimeout().toSeconds();
        assertThat(pod.spec().path("terminationGracePeriodSeconds").asLong()).isGreaterThan(needed);
    }

    @Test
    void setsAndServicesAndBudgetsHoldThePodsOfTheirRoleAndNoOthers() {
        for (String role : ROLES) {
            String other = role.equals("shard") ? "edge" : "shard";
            JsonNode budget = defaults.one("PodDisruptionBudget", "-" + role);
            assertThat(budget.at("/spec/maxUnavailable").asInt()).isEqualTo(1);
            for (JsonNode selector : List.of(
                    defaults.nodes(role).at("/spec/selector/matchLabels"),
                    budget.at("/spec/selector/matchLabels"),
                    defaults.pod(role).spec().at("/topologySpreadConstraints/0/labelSelector/matchLabels"))) {
                assertThat(selects(selector, defaults.pod(role).labels())).isTrue();
                assertThat(selects(selector, defaults.pod(other).labels())).isFalse();
            }
            JsonNode names = defaults.one("Service", "-nodes");
            assertThat(defaults.nodes(role).at("/spec/serviceName")).isEqualTo(names.at("/metadata/name"));
            assertThat(selects(names.at("/spec/selector"), defaults.pod(role).labels()))
                    .isTrue();
        }
        assertThat(defaults.one("Service", "-nodes")
                        .at("/spec/publishNotReadyAddresses")
                        .asBoolean())
                .isTrue();
        for (String service : List.of("-s2s", "-api")) {
            JsonNode spec = defaults.one("Service", service).path("spec");
            assertThat(selects(spec.path("selector"), defaults.pod("edge").labels()))
                    .isTrue();
            assertThat(selects(spec.path("selector"), defaults.pod("shard").labels()))
                    .isFalse();
            assertThat(defaults.pod("edge").port(spec.at("/ports/0/targetPort").asText()))
                    .isEqualTo(spec.at("/ports/0/port").asInt());
        }
        assertThat(defaults.one("Service", "-s2s")
                        .at("/spec/externalTrafficPolicy")
                        .asText())
                .isEqualTo("Local");
    }

    @Test
    void tlsBetweenNodesIsTheSecretsFiles() throws Exception {
        RenderedChart chart = helm.render("nodeTlsSecret: nodes-tls");
        for (String role : ROLES) {
            assertThat(chart.pod(role).settings(folder, helm.secrets).cluster().tls())
                    .isPresent();
        }
    }

    @Test
    void theStoreAndTheVersionsAreWhatTheOperatorGave() throws Exception {
        RenderedChart chart = helm.render(
                """
                image: { tag: "1.3.0" }
                shard: { tag: "1.4.0", replicas: 1 }
                edge: { service: { type: ClusterIP } }
                config: |
                  wavegate {
                    domains = [{ name = "a.example", certificate = "/etc/wavegate/files/a.example.pem",
                                 key = "/etc/wavegate/files/a.example.key" }]
                    tokens.key = "/etc/wavegate/files/tokens.pem"
                    store { kind = cassandra, cassandra.contact-points = ["cas-1.east:9042", "cas-2.east:9042"] }
                  }
                """);
        for (String role : ROLES) {
            String version = role.equals("shard") ? "1.4.0" : "1.3.0";
            NodeSettings settings = chart.pod(role).settings(folder, helm.secrets);
            assertThat(settings.cluster().appVersion()).isEqualTo(version);
            assertThat(chart.pod(role).container().path("image").asText()).endsWith(":" + version);
            assertThat(settings.cluster().bootstrap().orElseThrow().contactPoints())
                    .as("no more than there are")
                    .isEqualTo(1);
            assertThat(settings.store()).isInstanceOfSatisfying(StoreSettings.Cassandra.class, store -> assertThat(
                            store.settings().contactPoints())
                    .hasSize(2));
        }
        assertThat(chart.one("Service", "-s2s").path("spec").has("externalTrafficPolicy"))
                .as("refused by Kubernetes with this type")
                .isFalse();
    }

    /** The label that Kubernetes gives to a pod of a set is its name with ten characters and a dash, and 63 are the most. */
    @Test
    void namesFitInLabelsHoweverLongTheReleasesNameIs() throws Exception {
        RenderedChart chart = helm.render("a-release-whose-name-is-as-long-as-helm-lets-it-be-53", "");
        for (String role : ROLES) {
            assertThat(chart.nodes(role).at("/metadata/name").asText()).hasSizeLessThanOrEqualTo(52);
        }
        assertThat(chart.objects().stream().map(one -> one.at("/metadata/name").asText()))
                .allMatch(name -> name.length() <= 63);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "shards | shards: { replicas: 3 }",
                "replica | shard: { replica: 3 }",
                "tag | image: { tag: 20261121 }",
                "javaOptions | edge: { javaOptions: -XX:+UseG1GC }",
                "rollout | rollout: edges",
                "config | config: \"\""
            })
    void aValueThatIsNoneOfTheChartsIsRefusedAndNamed(String named, String values) throws Exception {
        assertThat(helm.refusal(values)).contains("don't meet the specifications", named);
    }

    private static Stream<String> texts(JsonNode array) {
        return elements(array).map(JsonNode::asText);
    }
}
