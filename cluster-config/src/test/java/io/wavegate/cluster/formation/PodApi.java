package io.wavegate.cluster.formation;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** The part of the Kubernetes API that lists pods, over TLS, for whoever has the token of the service account. */
final class PodApi implements AutoCloseable {
    private static final String TOKEN = "a-token-of-the-service-account";
    private static final String PASSWORD = "changeit";

    private final HttpsServer server;
    private final String path;
    private final String selector;
    private volatile boolean allowed;
    private volatile List<String> pods = List.of();

    /**
     * @param account the folder that Kubernetes would mount: ca.crt, token and namespace are written to it
     * @param selector the labels that are asked for; with others no pod is found
     */
    PodApi(Path account, String namespace, String selector) throws IOException, GeneralSecurityException {
        this.path = "/api/v1/namespaces/" + namespace + "/pods";
        this.selector = selector;
        KeyStore keys = keys(account);
        Files.writeString(account.resolve("token"), TOKEN);
        Files.writeString(account.resolve("namespace"), namespace);
        Files.writeString(
                account.resolve("ca.crt"),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(keys.getCertificate("api").getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD.toCharArray());
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(factory.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.createContext("/", this::answer);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Whether the service account has the right to list pods. */
    void allow(boolean now) {
        allowed = now;
    }

    /** A pod, as far as discovery looks at it. */
    static String pod(String address, String phase, int management, boolean ending) {
        return """
                {"metadata": {%s"name": "pod"},
                 "spec": {"containers": [{"name": "wavegate", "ports": [
                   {"name": "cluster", "containerPort": 7355}, {"name": "management", "containerPort": %d}]}]},
                 "status": {"podIP": "%s", "phase": "%s", "containerStatuses": []}}
                """
                .formatted(
                        ending ? "\"deletionTimestamp\": \"2026-01-01T00:00:00Z\", " : "", management, address, phase);
    }

    void list(String... now) {
        pods = List.of(now);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String query =
                URLDecoder.decode(String.valueOf(exchange.getRequestURI().getRawQuery()), StandardCharsets.UTF_8);
        boolean known = ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
        if (!known || !allowed || !exchange.getRequestURI().getPath().equals(path)) {
            send(exchange, 403, "{\"kind\": \"Status\", \"reason\": \"Forbidden\", \"code\": 403}");
        } else {
            List<String> listed = query.equals("labelSelector=" + selector) ? pods : List.of();
            send(
                    exchange,
                    200,
                    listed.stream().collect(Collectors.joining(", ", "{\"kind\": \"PodList\", \"items\": [", "]}")));
        }
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        try (exchange) {
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** Made by the JDK's own tool, which signs what the JDK's classes alone cannot. */
    private static KeyStore keys(Path folder) throws IOException, GeneralSecurityException {
        Path file = folder.resolve("api.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD,
                        "-alias",
                        "api",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=kubernetes",
                        "-ext",
                        "san=ip:127.0.0.1")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        try {
            if (!keytool.waitFor(2, TimeUnit.MINUTES) || keytool.exitValue() != 0) {
                throw new IOException("keytool: " + Files.readString(folder.resolve("keytool.log")));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
