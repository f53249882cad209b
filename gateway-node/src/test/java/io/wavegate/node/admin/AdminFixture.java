package io.wavegate.node.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wavegate.node.description.Described;
import io.wavegate.node.fake.ApiCaller;
import io.wavegate.node.fake.FakeAdmin;
import io.wavegate.node.fake.FakeGateway;
import io.wavegate.node.fake.FakeWavelets;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A gateway with an operator, a client and somebody without a token. */
class AdminFixture {
    FakeAdmin node;
    FakeGateway gateway;
    ApiCaller operator;
    ApiCaller client;
    ApiCaller nobody;

    @BeforeEach
    void begin() throws Exception {
        node = new FakeAdmin();
        gateway = new FakeGateway(new FakeWavelets(), node);
        operator = new ApiCaller(gateway.uri(), Optional.of(FakeAdmin.token(Duration.ofMinutes(5))));
        client = new ApiCaller(gateway.uri(), Optional.of(gateway.token("alice@a.test")));
        nobody = new ApiCaller(gateway.uri(), Optional.empty());
    }

    @AfterEach
    void end() {
        gateway.close();
    }

    static JsonNode problem(HttpResponse<String> answer, int status, String reason) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        JsonNode problem = Described.json(answer.body());
        Described.conforms(problem, Described.ADMIN.at("/components/schemas/Problem"), Described.ADMIN);
        assertThat(problem.path("reason").asText()).isEqualTo(reason);
        return problem;
    }
}
