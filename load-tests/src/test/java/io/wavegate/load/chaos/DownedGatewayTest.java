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

/** A node that its cluster takes for dead, and one that is made to leave: by the exit code a service manager starts it again or not. */
final class DownedGatewayTest {
    @Test
    void whoIsTakenForDeadAsksForAStartByItsExitCodeAndWhoIsMadeToLeaveDoesNot(@TempDir Path folder) throws Exception {
        try (Lab lab = new Lab(folder)) {
            GatewayProcess gateway = lab.gateway("a.test").start();
            admin(lab, gateway, "POST", "/cluster/members/" + self(lab, gateway) + "/down");

            assertThat(gateway.awaitEnd()).as(gateway::log).isEqualTo(75);
            assertThat(gateway.log()).contains("The node ended: the cluster took it for dead", "Exit code 75");

            // As the service manager would.
            gateway.start();
            admin(lab, gateway, "POST", "/cluster/members/" + self(lab, gateway) + "/leave");
            assertThat(gateway.awaitEnd()).as(gateway::log).isZero();
            assertThat(gateway.log()).contains("The node has left its cluster: an operator had it leave");
        }
    }

    private static String self(Lab lab, GatewayProcess gateway) throws Exception {
        JsonNode members = new ObjectMapper().readTree(admin(lab, gateway, "GET", "/cluster"));
        return members.path("members").findValuesAsText("node").get(0);
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
