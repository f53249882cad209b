package io.wavegate.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wavegate.node.fake.FakeAdmin;
import io.wavegate.node.fake.FakeGateway;
import io.wavegate.node.fake.FakeWavelets;
import io.wavegate.node.json.JsonFields;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code wavegate cluster} with a gateway of two members, of which one cannot be reached. */
final class ClusterCommandTest {
    @TempDir
    private Path folder;

    private final FakeAdmin admin = new FakeAdmin();
    private FakeGateway gateway;
    private Path token;

    @BeforeEach
    void start() throws Exception {
        gateway = new FakeGateway(new FakeWavelets(), admin);
        token = Files.writeString(folder.resolve("token"), FakeAdmin.token(Duration.ofMinutes(5)));
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private CommandRun cluster(String... arguments) {
        List<String> all = new ArrayList<>(List.of("cluster"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--api", gateway.uri().toString(), "--token-file", token.toString()));
        return CommandRun.of(all.toArray(String[]::new));
    }

    @Test
    void membersAreShownAndOneThatCannotBeReachedMakesTheExitCode() {
        CommandRun run = cluster();
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines().toList().get(0)).matches("node +roles +status +version +wavelets +links");
        assertThat(run.out().lines().toList().get(1))
                .matches("10\\.0\\.0\\.1:7355 +edge,shard +up +1\\.0\\.0 +3 in 2 shards +0 in 0 shards +asked, leader");
        assertThat(run.out().lines().toList().get(2))
                .matches("10\\.0\\.0\\.2:7355 +shard +up +1\\.0\\.0 +0 in 0 shards +1 in 1 shards +UNREACHABLE");
        assertThat(run.exitCode()).isEqualTo(3);
    }

    @Test
    void itIsToldWhereSomethingLivesAndThatItLivesNowhere() {
        CommandRun wavelet = cluster("where", "a.test/w+1/~/conv+root");
        assertThat(wavelet.out()).isEqualTo("wavelet a.test/w+1/~/conv+root: shard 8, on 10.0.0.1:7355\n");
        assertThat(wavelet.exitCode()).isZero();
        CommandRun link = cluster("where", "a.test/nowhere.test");
        assertThat(link.out()).isEqualTo("link a.test/nowhere.test: shard 10, on no node at present\n");
        assertThat(link.exitCode()).isEqualTo(3);
    }

    @Test
    void membersAreTakenOutAndWhoIsNoneIsSaidToBeNone() {
        assertThat(cluster("leave", "10.0.0.2:7355"))
                .isEqualTo(new CommandRun(
                        0, "10.0.0.2:7355 is leaving; `wavegate cluster` shows when it has gone.\n", ""));
        assertThat(cluster("down", "10.0.0.2:7355").out()).startsWith("10.0.0.2:7355 counts as dead;");
        CommandRun nobody = cluster("down", "nobody:1");
        assertThat(nobody.err()).contains("\"nobody:1\" is no member");
        assertThat(nobody.exitCode()).isEqualTo(1);
        assertThat(admin.asked).containsExactly("leave 10.0.0.2:7355", "down 10.0.0.2:7355", "down nobody:1");
    }

    @Test
    void whatTheGatewayAnswersIsToBeHadAsJson() throws Exception {
        assertThat(json(cluster("--json")).path("members")).hasSize(2);
        assertThat(json(cluster("where", "b.test", "--json")).path("places")).isNotEmpty();
        assertThat(json(cluster("leave", "10.0.0.2:7355", "--json"))
                        .path("node")
                        .asText())
                .isEqualTo("10.0.0.2:7355");
    }

    private static JsonNode json(CommandRun run) throws Exception {
        return JsonFields.parse(run.out().getBytes(StandardCharsets.UTF_8));
    }
}
