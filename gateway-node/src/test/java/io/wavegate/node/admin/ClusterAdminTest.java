package io.wavegate.node.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wavegate.node.description.Described;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

final class ClusterAdminTest extends AdminFixture {
    @Test
    void membersAreListedWithTheirShards() throws Exception {
        JsonNode answer = described("/admin/v1/cluster", "Members");
        JsonNode first = answer.path("members").path(0);
        assertThat(first.path("node").asText()).isEqualTo("10.0.0.1:7355");
        assertThat(first.path("entities").path("wavelet").path("shards").asInt())
                .isEqualTo(2);
        assertThat(first.path("entities").path("wavelet").path("running").asInt())
                .isEqualTo(3);
        assertThat(answer.path("members").path(1).path("reachable").asBoolean()).isFalse();
    }

    @Test
    void aWaveletALinkAndADomainAreFound() throws Exception {
        JsonNode wavelet = described("/admin/v1/cluster/where?of=a.test%2Fw%2B1%2F~%2Fconv%2Broot", "Places");
        assertThat(wavelet.path("places").path(0).path("node").asText()).isEqualTo("10.0.0.1:7355");
        JsonNode link = described("/admin/v1/cluster/where?of=a.test%2Fb.test", "Places");
        assertThat(link.path("places").findValuesAsText("node")).containsExactly("10.0.0.2:7355");
        JsonNode domain = described("/admin/v1/cluster/where?of=nowhere.test", "Places");
        assertThat(domain.path("places")).isNotEmpty();
        assertThat(domain.path("places").findValuesAsText("node")).isEmpty();
        problem(operator.get("/admin/v1/cluster/where?of=a%2Fb%2Fc"), 400, "MALFORMED");
    }

    @Test
    void membersAreTakenOutByOperatorsAlone() throws Exception {
        assertThat(operator.post("/admin/v1/cluster/members/10.0.0.2:7355/leave", "")
                        .statusCode())
                .isEqualTo(200);
        assertThat(operator.post("/admin/v1/cluster/members/10.0.0.2:7355/down", "")
                        .statusCode())
                .isEqualTo(200);
        problem(operator.post("/admin/v1/cluster/members/nobody:1/down", ""), 404, "NOT_FOUND");
        assertThat(client.post("/admin/v1/cluster/members/10.0.0.2:7355/down", "")
                        .statusCode())
                .isEqualTo(401);
        assertThat(node.asked).containsExactly("leave 10.0.0.2:7355", "down 10.0.0.2:7355", "down nobody:1");
    }

    private JsonNode described(String path, String schema) throws Exception {
        HttpResponse<String> answer = operator.get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode json = Described.json(answer.body());
        Described.conforms(json, Described.ADMIN.at("/components/schemas/" + schema), Described.ADMIN);
        return json;
    }
}
