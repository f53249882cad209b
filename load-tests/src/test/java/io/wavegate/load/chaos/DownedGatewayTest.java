package io.wavegate.load.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that its cluster takes for dead: the exit code by which a service manager starts it again. */
final class DownedGatewayTest {
    @Test
    void whoIsTakenForDeadEndsWithTheExitCodeThatAsksForAStart(@TempDir Path folder) throws Exception {
        try (Lab lab = new Lab(folder)) {
            GatewayProcess gateway = lab.gateway("a.test").start();
            JsonNode members = new ObjectMapper().readTree(admin(lab, gateway, "GET", "/cluster"));
            String self = members.path("members").findValuesAsText("node").get(0);
            admin(lab, gateway, "POST", "/cluster/members/" + self + "/down");

            assertThat(gateway.awaitEnd()).as(gateway::log).isEqualTo(75);
            assertThat(gateway.log()).contains("The node ended: the cluster took it for dead", "Exit code 75");

            // As the service manager would.
            gateway.start();
            gateway.stop();
        }
    }

    private static String admin(Lab lab, GatewayProcess gateway, String method, String path) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(gateway.api() + "/admin/v1" + path))
                                .header("Authorization", "Bearer " + lab.operatorToken())
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }
}
