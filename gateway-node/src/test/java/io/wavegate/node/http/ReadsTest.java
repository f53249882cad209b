package io.wavegate.node.http;

import static io.wavegate.node.fake.ApiCaller.json;
import static io.wavegate.node.fake.ApiCaller.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadsTest extends HttpFixture {

    @Test
    void aWaveletIsReadWithParticipantsAndDocuments() throws Exception {
        String wave = newWave(add("bob@b.test") + "," + insert("Hello", 0));
        JsonNode view = json(bob.get(wave), 200);
        assertThat(path(view.path("wavelet").asText())).isEqualTo(wave);
        assertThat(view.path("creator").asText()).isEqualTo("alice@a.test");
        assertThat(view.path("participants"))
                .extracting(JsonNode::asText)
                .containsExactly("alice@a.test", "bob@b.test");
        assertThat(view.at("/documents/0/document_id").asText()).isEqualTo("b+1");
        assertThat(view.at("/hashed_version/version").asInt()).isEqualTo(3);
    }

    @Test
    void aDocumentIsReadAsTextXmlAndOperations() throws Exception {
        String wave = newWave(
                "{\"mutate_document\": {\"document_id\": \"b+1\", \"document_operation\": {\"component\": ["
                        + "{\"element_start\": {\"type\": \"body\"}}, {\"characters\": \"a<\u00e9\"}, {\"element_end\": true}]}}}");
        HttpResponse<String> text = alice.get(wave + "/documents/b+1");
        assertThat(text.headers().firstValue("content-type")).contains("text/plain; charset=UTF-8");
        assertThat(text.body()).isEqualTo("a<\u00e9");
        assertThat(alice.get(wave + "/documents/b%2B1?as=text").body()).isEqualTo("a<\u00e9");
        assertThat(alice.get(wave + "/documents/b+1?as=xml").body()).isEqualTo("<body>a&lt;\u00e9</body>");
        JsonNode operations = json(alice.get(wave + "/documents/b+1?as=operations"), 200);
        assertThat(operations.at("/document_operation/component/1/characters").asText())
                .isEqualTo("a<\u00e9");
        assertThat(operations.path("hashed_version")).isEqualTo(version(wave));
    }

    @Test
    void aDocumentThatIsNotThereAndAFormThatIsNone() throws Exception {
        String wave = newWave(insert("x", 0));
        problem(alice.get(wave + "/documents/b+2"), 404, "NOT_FOUND");
        JsonNode problem = problem(alice.get(wave + "/documents/b+1?as=pdf"), 400, "MALFORMED");
        assertThat(problem.path("detail").asText()).contains("pdf", "text, xml or operations");
    }

    @Test
    void oneIsToldTheSameOfAWaveletThatIsNotAndOneThatOneIsNotOn() throws Exception {
        String real = newWave(insert("secret", 0));
        String none = path("a.test/w+none/~/conv+root");
        for (String what : List.of("", "/documents/b+1", "/deltas", "/deltas?wait_ms=1")) {
            JsonNode hidden = problem(mallory.get(real + what), 404, "NO_SUCH_WAVELET");
            assertThat(problem(mallory.get(none + what), 404, "NO_SUCH_WAVELET"))
                    .isEqualTo(hidden);
        }
        for (String method : List.of("PUT", "DELETE")) {
            String participant = "/participants/mallory@a.test";
            JsonNode hidden = problem(mallory.send(method, real + participant, ""), 404, "NO_SUCH_WAVELET");
            assertThat(problem(mallory.send(method, none + participant, ""), 404, "NO_SUCH_WAVELET"))
                    .isEqualTo(hidden);
        }
    }

    @Test
    void historyIsReadPageByPage() throws Exception {
        String wave = newWave(insert("0", 0));
        for (int i = 1; i < 5; i++) {
            json(alice.post(wave + "/deltas", delta(version(wave), insert("" + i, i))), 200);
        }
        List<Integer> appliedAt = new ArrayList<>();
        String from = "version=0";
        JsonNode page = json(alice.get(wave + "/deltas?max_bytes=1&" + from), 200);
        while (!page.path("deltas").isEmpty()) {
            assertThat(page.path("deltas")).hasSize(1);
            appliedAt.add(page.at("/deltas/0/applied_at").asInt());
            JsonNode next = page.at("/deltas/0/hashed_version");
            from = "version=" + next.path("version").asLong() + "&history_hash="
                    + encoded(next.path("history_hash").asText());
            page = json(alice.get(wave + "/deltas?max_bytes=1&" + from), 200);
        }
        assertThat(appliedAt).containsExactly(0, 2, 3, 4, 5);
        assertThat(page.path("head")).isEqualTo(version(wave));
        assertThat(json(alice.get(wave + "/deltas"), 200).path("deltas")).hasSize(5);
    }

    @Test
    void oneWhoWaitsIsAnsweredByTheNextDelta() throws Exception {
        String wave = newWave(insert("0", 0));
        JsonNode head = version(wave);
        String from = wave + "/deltas?version=" + head.path("version") + "&history_hash="
                + encoded(head.path("history_hash").asText());
        CompletableFuture<JsonNode> waiting = CompletableFuture.supplyAsync(() -> untilThereIsOne(from));
        json(alice.post(wave + "/deltas", delta(head, insert("1", 1))), 200);
        assertThat(waiting.get().at("/deltas/0/applied_at")).isEqualTo(head.path("version"));
    }

    private static JsonNode untilThereIsOne(String from) {
        try {
            JsonNode page = json(alice.get(from + "&wait_ms=999999"), 200);
            return page.path("deltas").isEmpty() ? untilThereIsOne(from) : page;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aWaitEndsEmptyIfNothingComes() throws Exception {
        String wave = newWave("");
        JsonNode head = version(wave);
        JsonNode page = json(
                alice.get(wave + "/deltas?wait_ms=50&version=" + head.path("version") + "&history_hash="
                        + encoded(head.path("history_hash").asText())),
                200);
        assertThat(page.path("deltas")).isEmpty();
        assertThat(page.path("head")).isEqualTo(head);
    }

    @Test
    void aVersionOfAnotherHistoryIsRefused() throws Exception {
        String wave = newWave("");
        problem(alice.get(wave + "/deltas?version=1&history_hash=AAAA"), 409, "UNKNOWN_VERSION");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "version=x",
                "version=-1",
                "version=99999999999999999999",
                "version=1",
                "version=1&history_hash=!",
                "max_bytes=1.5",
                "wait_ms=soon",
                "wait_ms="
            })
    void aWrongParameterIsNamed(String query) throws Exception {
        JsonNode problem = problem(alice.get(newWave("") + "/deltas?" + query), 400, "MALFORMED");
        assertThat(problem.path("detail").asText()).containsAnyOf("version", "history_hash", "max_bytes", "wait_ms");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.test/w+1/a.test/conv+root",
                "a..test/w+1/~/conv+root",
                "a.test/w+1/~/conv%2Froot",
                "a.test/w+1/~/conv%00root",
                "a.test/w%20+1/~/conv+root",
                "%F0%9F%98%80/w+1/~/conv+root"
            })
    void whatIsNoWaveletNameIsRefusedWithTheForm(String name) throws Exception {
        JsonNode problem = problem(alice.get(path(name)), 400, "MALFORMED");
        assertThat(problem.path("detail").asText()).contains("is no wavelet name");
    }

    @Test
    void ownWaveletsAreListedInPages() throws Exception {
        var carol = caller("carol@a.test");
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            names.add(json(carol.post("/api/v1/waves", ""), 201).path("wavelet").asText());
        }
        newWave(add("bob@b.test"));
        List<String> listed = new ArrayList<>();
        JsonNode page = json(carol.get("/api/v1/wavelets?limit=2"), 200).path("wavelets");
        while (!page.isEmpty()) {
            assertThat(page.size()).isLessThanOrEqualTo(2);
            page.forEach(name -> listed.add(name.asText()));
            String last = listed.get(listed.size() - 1);
            page = json(carol.get("/api/v1/wavelets?limit=2&after=" + encoded(last)), 200)
                    .path("wavelets");
        }
        assertThat(listed).isSorted().containsExactlyInAnyOrderElementsOf(names);
        assertThat(json(caller("dave@a.test").get("/api/v1/wavelets"), 200).path("wavelets"))
                .isEmpty();
    }

    @Test
    void theMachinesAroundTheNodeNeedNoToken() throws Exception {
        assertThat(nobody.get("/health").body()).isEqualTo("alive\n");
        assertThat(nobody.get("/alive").body()).isEqualTo("alive\n");
        assertThat(nobody.get("/startup").body()).isEqualTo("started\n");
        assertThat(nobody.get("/ready").body()).isEqualTo("ready\n");
        assertThat(nobody.get("/metrics").body()).contains("# TYPE");
    }
}
