package io.wavegate.node.http;

import static io.wavegate.node.fake.ApiCaller.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MalformedRequestsTest extends HttpFixture {
    private static final String VERSION = "{'version': 0, 'history_hash': ''}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | empty",
                "{ | JSON",
                "{} {} | JSON",
                "{'hashed_version': | JSON",
                "hello | JSON",
                "{'operation': [], 'operation': []} | JSON",
                "{'hashed_version': {'version': 1e999999999, 'history_hash': ''}} | whole number",
                "{'n': 123456789012345678901234567890} | digits",
                "7 | must be an object",
                "[] | must be an object",
                "null | must be an object",
                "{} | lacks \"hashed_version\"",
                "{'hashed_version': 7} | delta.hashed_version must be an object",
                "{'hashed_version': {'version': 0}} | lacks the text field \"history_hash\"",
                "{'hashed_version': {'version': '0', 'history_hash': ''}} | whole number",
                "{'hashed_version': {'version': -1, 'history_hash': ''}} | whole number",
                "{'hashed_version': {'version': 1.0, 'history_hash': ''}} | whole number",
                "{'hashed_version': {'version': 9223372036854775808, 'history_hash': ''}} | whole number",
                "{'hashed_version': {'version': 0, 'history_hash': '%'}} | base64",
                "{'hashed_version': {'version': 0, 'history_hash': 0}} | must be a text",
                "{'hashed_version': V, 'operation': {}} | must be an array",
                "{'hashed_version': V, 'operations': []} | unknown field \"operations\"",
                "{'hashed_version': V, 'author': 7} | delta.author must be a text",
                "{'hashed_version': V, 'operation': [7]} | delta.operation[0] must be an object",
                "{'hashed_version': V, 'operation': [{}]} | exactly one field",
                "{'hashed_version': V, 'operation': [{'no_op': 1}]} | must be true",
                "{'hashed_version': V, 'operation': [{'no_op': false}]} | must be true",
                "{'hashed_version': V, 'operation': [{'add_participant': ['a']}]} | add_participant must be a text",
                "{'hashed_version': V, 'operation': [{'mutate_document': {}}]} | lacks \"document_operation\"",
                "{'hashed_version': V, 'operation': [{'mutate_document': {'document_id': 'b',"
                        + " 'document_operation': []}}]} | document_operation must be an object",
                "{'hashed_version': V, 'operation': [{'mutate_document': {'document_id': 'b',"
                        + " 'document_operation': {'component': [{'char': 'a'}]}}}]} | component[0]"
            })
    void aDeltaOfAnotherFormIsRefusedWithItsPlace(String body, String expected) throws Exception {
        String json = body.replace("V", VERSION).replace('\'', '"');
        JsonNode problem = problem(alice.post(path("a.test/w+1/~/conv+root/deltas"), json), 400, "MALFORMED");
        assertThat(problem.path("detail").asText()).contains(expected).contains("docs/client-api");
    }

    @Test
    void deepNestingIsRefused() throws Exception {
        String deep = "[".repeat(20_000);
        for (String body : new String[] {deep, "{\"operation\": " + deep, deep + "]".repeat(20_000)}) {
            JsonNode problem = problem(alice.post("/api/v1/waves", body), 400, "MALFORMED");
            assertThat(problem.path("detail").asText()).contains("nested deeper than 24 levels");
        }
    }

    @Test
    void bytesThatAreNoUtf8AreRefused() throws Exception {
        byte[] body = {'{', '"', (byte) 0xff, (byte) 0xc0, '"', ':', '1', '}'};
        problem(alice.undescribed("POST", "/api/v1/waves", BodyPublishers.ofByteArray(body)), 400, "MALFORMED");
    }

    @Test
    void anUnknownPathAndAnotherMethodAreSaidToBe() throws Exception {
        var none = BodyPublishers.noBody();
        for (String path : new String[] {"/", "/api", "/api/v2/waves", "//", "/api/v1/waves/x"}) {
            problem(alice.undescribed("GET", path, none), 404, "NOT_FOUND");
        }
        HttpResponse<String> other = alice.undescribed("PATCH", "/api/v1/waves", none);
        problem(other, 405, "METHOD_NOT_ALLOWED");
        assertThat(other.headers().firstValue("Allow")).contains("POST");
        assertThat(alice.undescribed("DELETE", path("a.test/w+1/~/conv+root/deltas"), none)
                        .headers()
                        .firstValue("Allow"))
                .contains("GET, POST");
    }

    @Test
    void theSocketsPathIsForSockets() throws Exception {
        HttpResponse<String> answer = alice.undescribed("GET", "/api/v1/socket", BodyPublishers.noBody());
        problem(answer, 426, "UPGRADE_REQUIRED");
        assertThat(answer.headers().firstValue("Upgrade")).contains("websocket");
    }

    @Test
    void aConnectionSurvivesABodyOverTheLimitAndOneWithoutAToken() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", gateway.uri().getPort())) {
            socket.setSoTimeout(30_000);
            OutputStream out = socket.getOutputStream();
            String token = "Authorization: Bearer " + gateway.token("alice@a.test") + "\r\n";
            for (String authorization : new String[] {token, ""}) {
                out.write(("POST /api/v1/waves HTTP/1.1\r\nHost: a\r\n" + authorization
                                + "Content-Length: 3000000\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                out.write(new byte[3_000_000]);
                assertThat(status(socket.getInputStream())).isEqualTo(authorization.isEmpty() ? 401 : 413);
            }
            out.write("GET /health HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(status(socket.getInputStream())).isEqualTo(200);
        }
    }

    /** Reads one answer and gives its status. */
    private static int status(InputStream in) throws Exception {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int read = in.read();
            assertThat(read).as("the connection after " + head).isNotNegative();
            head.append((char) read);
        }
        String length = head.toString().replaceAll("(?si).*content-length: (\\d+).*", "$1");
        in.readNBytes(Integer.parseInt(length));
        return Integer.parseInt(head.substring(9, 12));
    }
}
