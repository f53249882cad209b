package io.wavegate.node.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.wavegate.node.description.Described;
import io.wavegate.node.fake.ApiCaller;
import io.wavegate.node.fake.FakeAdmin;
import io.wavegate.node.fake.FakeLinks;
import io.wavegate.s2s.api.WatchedEvent;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LinkAdminTest extends AdminFixture {
    @Test
    void linksAreListedWithWhatWentWrongAndWhatComesNext() throws Exception {
        node.links.links.add(FakeLinks.down("a.test", "c.test"));
        node.links.links.add(FakeLinks.up("b.test", "d.test"));
        JsonNode all = ApiCaller.json(operator.get("/admin/v1/links"), 200);
        assertThat(all.path("links")).hasSize(2);
        JsonNode down = all.path("links").get(0);
        assertThat(down.path("last_error").path("text").asText()).isEqualTo("tls-failed: no cipher in common");
        assertThat(down.path("next_retry").asText()).isEqualTo("1970-01-01T00:00:09Z");
        assertThat(down.path("last_attempt")).hasSize(2);
        assertThat(all.path("links").get(1).has("last_error")).isFalse();
        assertThat(down.path("certificates")).singleElement().satisfies(certificate -> {
            assertThat(certificate.path("domain").asText()).isEqualTo("c.test");
            assertThat(certificate.path("vouched_for_by").asText()).isEqualTo("CN=New CA (key 12)");
            assertThat(certificate.path("before").asText()).isEqualTo("CN=Old CA (key 34)");
        });
        assertThat(ApiCaller.json(operator.get("/admin/v1/links?local=b.test"), 200)
                        .path("links"))
                .hasSize(1);
        assertThat(ApiCaller.json(operator.get("/admin/v1/links?domain=C.test"), 200)
                        .path("links"))
                .hasSize(1);
    }

    @Test
    void theLinksThatThereAreAreMeant() throws Exception {
        node.links.links.add(FakeLinks.down("a.test", "c.test"));
        node.links.links.add(FakeLinks.down("b.test", "c.test"));
        ApiCaller.json(operator.post("/admin/v1/links/c.test/retry", ""), 200);
        ApiCaller.json(operator.post("/admin/v1/links/c.test/close?local=b.test", ""), 200);
        assertThat(node.links.done)
                .containsExactly("retry a.test c.test", "retry b.test c.test", "close b.test c.test");
    }

    @Test
    void whereSeveralCouldBeMeantNothingIsDone() throws Exception {
        String detail = problem(operator.post("/admin/v1/links/c.test/retry", ""), 409, "WHICH_DOMAIN")
                .path("detail")
                .asText();
        assertThat(detail).contains("a.test, b.test");
        ApiCaller.json(operator.post("/admin/v1/links/c.test/retry?local=a.test", ""), 200);
        assertThat(node.links.done).containsExactly("retry a.test c.test");
    }

    @Test
    void linkOfAComponentIsMeantByItsName() throws Exception {
        ApiCaller.json(operator.post("/admin/v1/links/c.test/close?local=Echo.a.test", ""), 200);
        assertThat(node.links.done).containsExactly("close echo.a.test c.test");
        problem(operator.post("/admin/v1/check/c.test?local=echo.a.test", ""), 400, "MALFORMED");
    }

    @Test
    void whatIsNoDomainOrNoneOfOursIsRefused() throws Exception {
        problem(operator.post("/admin/v1/links/not%20a%20domain/retry", ""), 400, "MALFORMED");
        problem(operator.post("/admin/v1/links/c.test/close?local=c.test", ""), 400, "MALFORMED");
        problem(operator.get("/admin/v1/links?local=c.test"), 400, "MALFORMED");
    }

    @Test
    void aLinkThatMovesIsUnavailable() throws Exception {
        node.links.links.add(FakeLinks.down("a.test", "c.test"));
        node.links.moving = true;
        problem(operator.post("/admin/v1/links/c.test/close", ""), 503, "UNAVAILABLE");
    }

    private HttpResponse<InputStream> watch() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(gateway.uri() + "/admin/v1/links/c.test/watch?local=a.test"))
                .header("Authorization", "Bearer " + FakeAdmin.token(Duration.ofMinutes(1)))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
    }

    private static WatchedEvent event(String text) {
        return new WatchedEvent(1_000, WatchedEvent.Kind.SENT, "a.test", "c.test", text);
    }

    @Test
    void aWatchShowsALineForEachEventUntilItsReaderGoes() throws Exception {
        HttpResponse<InputStream> answer = watch();
        assertThat(answer.statusCode()).isEqualTo(200);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            await().until(() -> node.links.watchers.size() == 1);
            node.links.watchers.get(0).accept(event("<message/>"));
            JsonNode line = Described.json(lines.readLine());
            Described.conforms(line, Described.ADMIN.at("/components/schemas/Event"), Described.ADMIN);
            assertThat(line.path("text").asText()).isEqualTo("<message/>");
        }
        await().until(() -> {
            node.links.watchers.forEach(watcher -> watcher.accept(event("<message/>")));
            return node.links.watchers.isEmpty();
        });
    }

    @Test
    void watchesAreBoundedAndTheirPlacesComeBack() throws Exception {
        InputStream first = watch().body();
        InputStream second = watch().body();
        HttpResponse<String> third = operator.get("/admin/v1/links/c.test/watch?local=a.test");
        problem(third, 429, "TOO_MANY_WATCHES");
        first.close();
        second.close();
        await().until(() -> {
            node.links.watchers.forEach(watcher -> watcher.accept(event("<message/>")));
            return node.links.watchers.isEmpty();
        });
        watch().body().close();
    }

    @Test
    void aWatcherWhoDoesNotReadIsCutAndNobodyWaitsForHim() throws Exception {
        InputStream body = watch().body();
        await().until(() -> node.links.watchers.size() == 1);
        String large = "x".repeat(4_000);
        await().until(() -> {
            node.links.watchers.forEach(watcher -> {
                for (int i = 0; i < 2_000; i++) {
                    watcher.accept(event(large));
                }
            });
            return node.links.watchers.isEmpty();
        });
        body.close();
    }

    @Test
    void certificatesAreListedWithWhatIsLeftOfThem() throws Exception {
        JsonNode answer = ApiCaller.json(operator.get("/admin/v1/certificates"), 200);
        assertThat(answer.path("certificates"))
                .as("for streams, and for deltas too, as there is no other")
                .hasSize(2);
        assertThat(answer.path("certificates").get(0).path("seconds_left").asLong())
                .isEqualTo(86_400);
    }

    @Test
    void filesOfCertificatesAreReadWhenAnOperatorSaysSo() throws Exception {
        JsonNode answer = ApiCaller.json(operator.post("/admin/v1/certificates/reload", ""), 200);
        assertThat(node.asked).containsExactly("reload");
        assertThat(answer.path("certificates").get(0).path("problem").asText()).contains("no certificate in it");
        assertThat(answer.path("certificates").get(0).path("advice").get(0).asText())
                .contains("renew it");
    }

    @Test
    void keptDnsAnswersAreForgotten() throws Exception {
        assertThat(ApiCaller.json(operator.post("/admin/v1/resolver/flush", ""), 200)
                        .path("forgotten")
                        .asInt())
                .isEqualTo(3);
        ApiCaller.json(operator.post("/admin/v1/resolver/flush?domain=C.test", ""), 200);
        assertThat(node.asked).containsExactly("flush all", "flush c.test");
    }

    @Test
    void checksComeAsValues() throws Exception {
        JsonNode other = ApiCaller.json(operator.post("/admin/v1/check/c.test?local=b.test", ""), 200);
        assertThat(other.path("reports").get(0).path("worst").asText()).isEqualTo("error");
        assertThat(other.path("reports")
                        .get(0)
                        .path("checks")
                        .get(0)
                        .path("remedy")
                        .asText())
                .isEqualTo("Start it");
        ApiCaller.json(operator.post("/admin/v1/check/c.test", ""), 200);
        ApiCaller.json(operator.post("/admin/v1/check/b.test", ""), 200);
        assertThat(ApiCaller.json(operator.post("/admin/v1/check", ""), 200).path("reports"))
                .hasSize(2);
        assertThat(node.asked)
                .containsExactly(
                        "check b.test c.test", "check a.test c.test", "self b.test", "self a.test", "self b.test");
    }
}
