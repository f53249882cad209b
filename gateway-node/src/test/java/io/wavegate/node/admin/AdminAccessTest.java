package io.wavegate.node.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wavegate.node.fake.ApiCaller;
import io.wavegate.node.fake.FakeAdmin;
import io.wavegate.node.fake.FakeGateway;
import io.wavegate.node.http.Endpoint;
import io.wavegate.node.http.OperatorGate.Origin;
import io.wavegate.node.http.ProblemException;
import io.wavegate.node.token.OperatorTokens;
import io.wavegate.node.token.TokenKey;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AdminAccessTest extends AdminFixture {
    private static String path(Endpoint endpoint) {
        return endpoint.template().replaceAll("\\{[a-z_]+}", "c.test");
    }

    @Test
    void nothingIsDoneWithoutAToken() throws Exception {
        for (Endpoint endpoint : node.endpoints()) {
            problem(nobody.send(endpoint.method(), path(endpoint), ""), 401, "UNAUTHENTICATED");
        }
        assertThat(node.links.done).isEmpty();
        assertThat(node.asked).isEmpty();
    }

    @Test
    void aClientIsNoOperator() throws Exception {
        for (Endpoint endpoint : node.endpoints()) {
            String detail = problem(client.send(endpoint.method(), path(endpoint), ""), 401, "UNAUTHENTICATED")
                    .path("detail")
                    .asText();
            assertThat(detail).contains("none of an operator").contains("--operator");
        }
        assertThat(node.links.done).isEmpty();
        assertThat(node.asked).isEmpty();
    }

    @Test
    void anOperatorIsNoClient() throws Exception {
        HttpResponse<String> answer = operator.get("/api/v1/wavelets");
        assertThat(ApiCaller.problem(answer, 401, "UNAUTHENTICATED")
                        .path("detail")
                        .asText())
                .contains("another audience");
    }

    @Test
    void anOperatorsTokenEnds() throws Exception {
        ApiCaller late = new ApiCaller(gateway.uri(), Optional.of(FakeAdmin.token(Duration.ofSeconds(-1))));
        assertThat(problem(late.get("/admin/v1/links"), 401, "UNAUTHENTICATED")
                        .path("detail")
                        .asText())
                .contains("expired");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"})
    void whatCameThroughAProxyIsRefusedWhateverTokenItBrings(String header) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(gateway.uri() + "/admin/v1/links"))
                .header("Authorization", "Bearer " + FakeAdmin.token(Duration.ofMinutes(1)))
                .header(header, "1.1 198.51.100.7")
                .build();
        problem(HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()), 403, "FORBIDDEN");
    }

    @Test
    void anotherMachineIsRefusedUnlessTheConfigurationSaysOtherwise() throws Exception {
        Origin elsewhere = new Origin(Optional.of(InetAddress.getByName("192.0.2.7")), false);
        Origin unknown = new Origin(Optional.empty(), false);
        Optional<String> token = Optional.of("Bearer " + FakeAdmin.token(Duration.ofMinutes(1)));
        for (Origin origin : new Origin[] {elsewhere, unknown}) {
            assertThatThrownBy(() -> node.gate().admit(token, origin, Instant.now()))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("wavegate.admin.from-anywhere");
        }
        AdminGate open = new AdminGate(new OperatorTokens(TokenKey.Secret.of(FakeGateway.SECRET), Duration.ZERO), true);
        assertThat(open.admit(token, elsewhere, Instant.now())).isEqualTo("ada");
    }
}
