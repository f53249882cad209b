package io.wavegate.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.wavegate.node.config.Configuration;
import io.wavegate.node.config.Finding;
import io.wavegate.node.config.FindingException;
import io.wavegate.node.config.HttpSettings;
import io.wavegate.node.json.JsonFields;
import io.wavegate.node.json.JsonFormException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The way to the admin API of the running node, for the commands that use it. */
final class AdminConnection {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(5);

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Option(
            names = "--api",
            paramLabel = "URL",
            description = "Where the running gateway is, such as http://127.0.0.1:9898. Default: wavegate.http of the "
                    + "configuration.")
    private @Nullable URI api;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "A file with an operator's token. Default: one is made with the key of the configuration.")
    private @Nullable Path tokenFile;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /** Nobody listens where the gateway should be. */
    static final class NotRunningException extends Exception {
        private static final long serialVersionUID = 1L;

        NotRunningException(URI address, IOException cause) {
            super("no gateway answers at " + address, cause);
        }
    }

    ConfigOption config() {
        return config;
    }

    /** A name as it stands in a path or a query. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Asks; what is refused is thrown as a finding. */
    JsonNode call(String method, String path) throws FindingException, InterruptedException {
        try {
            return tryCall(method, path);
        } catch (NotRunningException e) {
            throw notRunning();
        }
    }

    /** The same, for callers that can do without a running gateway. */
    JsonNode tryCall(String method, String path) throws FindingException, NotRunningException, InterruptedException {
        HttpRequest request = request(path)
                .timeout(PATIENCE)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return json(answer.statusCode(), answer.body());
        } catch (ConnectException e) {
            throw new NotRunningException(address(), e);
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /**
     * Reads lines of JSON as they come, until the gateway ends them or the thread is interrupted.
     *
     * @throws FindingException if the gateway breaks off
     */
    void follow(String path, Consumer<JsonNode> line) throws FindingException, InterruptedException {
        HttpRequest request = request(path).GET().build();
        try {
            HttpResponse<Stream<String>> answer = http.send(request, HttpResponse.BodyHandlers.ofLines());
            try (Stream<String> lines = answer.body()) {
                if (answer.statusCode() != 200) {
                    json(answer.statusCode(), String.join("\n", lines.toList()).getBytes(StandardCharsets.UTF_8));
                }
                for (var each = lines.iterator(); each.hasNext(); ) {
                    String text = each.next();
                    if (!text.isBlank()) {
                        line.accept(json(200, text.getBytes(StandardCharsets.UTF_8)));
                    }
                }
            }
        } catch (ConnectException e) {
            throw notRunning();
        } catch (IOException e) {
            throw broken(e);
        } catch (UncheckedIOException e) {
            throw new FindingException(
                    "The watch",
                    "was cut off by the gateway: it stopped, or this side read more slowly than the link talked",
                    "Begin again; on a busy link write to a file instead of a terminal");
        }
    }

    private HttpRequest.Builder request(String path) throws FindingException {
        return HttpRequest.newBuilder(URI.create(address().toString().replaceAll("/+$", "") + path))
                .header("Authorization", "Bearer " + token());
    }

    private String token() throws FindingException {
        if (tokenFile == null) {
            return OperatorToken.make(System.getProperty("user.name", "operator"), config.read(), TOKEN_LIFE);
        }
        try {
            return Files.readString(tokenFile).strip();
        } catch (IOException e) {
            throw new FindingException(
                    "--token-file " + tokenFile,
                    "cannot be read",
                    "Write one with `wavegate token --operator NAME > " + tokenFile + "`");
        }
    }

    URI address() throws FindingException {
        if (api != null) {
            return api;
        }
        Configuration configuration = config.read();
        List<Finding> findings = new ArrayList<>();
        Optional<HttpSettings> settings = configuration.section(HttpSettings::from, findings);
        if (settings.isEmpty()) {
            throw new FindingException(findings);
        }
        if (settings.get().port() == 0) {
            throw new FindingException(
                    "wavegate.http.port",
                    "is 0, so the gateway took a free one",
                    "Give --api; its log says where it is");
        }
        return URI.create(
                "http://" + host(settings.get().host()) + ":" + settings.get().port());
    }

    // Who listens on every address is asked on this machine's own.
    private static String host(String listening) {
        return switch (listening) {
            case "0.0.0.0", "", "::", "[::]" -> "127.0.0.1";
            default -> listening.contains(":") && !listening.startsWith("[") ? "[" + listening + "]" : listening;
        };
    }

    private JsonNode json(int status, byte[] body) throws FindingException {
        try {
            JsonNode answer = JsonFields.parse(body);
            if (status >= 200 && status < 300) {
                return answer;
            }
            throw new FindingException(
                    "The gateway at " + address(),
                    "refused (" + answer.path("reason").asText(Integer.toString(status)) + "): "
                            + answer.path("detail").asText("it did not say why"),
                    "Nothing was done");
        } catch (JsonFormException e) {
            throw new FindingException(
                    "What answers at " + address(),
                    "is no Wavegate (status " + status + ")",
                    "Check --api or wavegate.http");
        }
    }

    private FindingException notRunning() throws FindingException {
        return new FindingException(
                "The gateway at " + address(),
                "does not answer: nothing listens there",
                "Start it with `wavegate run`, or say with --config or --api where it is");
    }

    private FindingException broken(IOException cause) throws FindingException {
        return new FindingException(
                "The gateway at " + address(),
                "did not answer (" + (cause.getMessage() == null ? cause.toString() : cause.getMessage()) + ")",
                "Look at its log");
    }
}
