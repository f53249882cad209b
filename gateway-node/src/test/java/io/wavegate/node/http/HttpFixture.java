package io.wavegate.node.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.wavegate.node.fake.ApiCaller;
import io.wavegate.node.fake.FakeGateway;
import io.wavegate.node.fake.FakeWavelets;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** One gateway for the tests of a class, with Alice of a.test, Bob of b.test, and Mallory whom nobody added. */
class HttpFixture {
    static final FakeWavelets WAVELETS = new FakeWavelets();
    static FakeGateway gateway;
    static ApiCaller alice;
    static ApiCaller bob;
    static ApiCaller mallory;
    static ApiCaller nobody;

    @BeforeAll
    static void begin() throws Exception {
        gateway = new FakeGateway(WAVELETS);
        alice = caller("alice@a.test");
        bob = caller("bob@b.test");
        mallory = caller("mallory@a.test");
        nobody = new ApiCaller(gateway.uri(), Optional.empty());
    }

    @AfterAll
    static void end() {
        gateway.close();
    }

    static ApiCaller caller(String user) {
        return new ApiCaller(gateway.uri(), Optional.of(gateway.token(user)));
    }

    /** A wave of Alice's; its path. */
    static String newWave(String operations) throws Exception {
        return path(ApiCaller.json(alice.post("/api/v1/waves", "{\"operation\": [" + operations + "]}"), 201)
                .path("wavelet")
                .asText());
    }

    static String path(String wavelet) {
        return "/api/v1/wavelets/" + wavelet;
    }

    /** A delta against a version, as text. */
    static String delta(JsonNode version, String operations) {
        return "{\"hashed_version\": " + version + ", \"operation\": [" + operations + "]}";
    }

    static JsonNode version(String path) throws Exception {
        return ApiCaller.json(alice.get(path), 200).path("hashed_version");
    }

    static String add(String address) {
        return "{\"add_participant\": \"" + address + "\"}";
    }

    /** Inserts into b+1 as it is when it has {@code length} items. */
    static String insert(String text, int length) {
        String rest = length == 0 ? "" : ", {\"retain_item_count\": " + length + "}";
        return "{\"mutate_document\": {\"document_id\": \"b+1\", \"document_operation\":"
                + " {\"component\": [{\"characters\": \"" + text + "\"}" + rest + "]}}}";
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
