package io.wavegate.node.chart;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A Kubernetes API that knows one thing at most: the StatefulSet of the shard nodes. */
final class LiveShards implements AutoCloseable {
    static final String NAMESPACE = "waves";

    private static final String SHARDS = "/apis/apps/v1/namespaces/" + NAMESPACE + "/statefulsets/wg-wavegate-shard";
    private static final String KINDS =
            """
            {"kind": "APIResourceList", "apiVersion": "v1", "groupVersion": "apps/v1", "resources": [
              {"name": "statefulsets", "singularName": "statefulset", "namespaced": true, "kind": "StatefulSet",
               "verbs": ["get", "list"]}]}
            """;
    private static final String NOT_FOUND =
            """
            {"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "NotFound", "code": 404}
            """;

    private final HttpServer server;
    private volatile Optional<String> now = Optional.empty();

    LiveShards() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    void are(Optional<String> json) {
        now = json;
    }

    private void answer(HttpExchange exchange) throws IOException {
        switch (exchange.getRequestURI().getPath()) {
            case "/apis/apps/v1" -> answer(exchange, 200, KINDS);
            case SHARDS -> answer(exchange, now.isPresent() ? 200 : 404, now.orElse(NOT_FOUND));
            default -> answer(exchange, 404, NOT_FOUND);
        }
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        try (exchange) {
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
