package io.wavegate.node.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.wavegate.node.json.JsonFields;
import io.wavegate.node.json.JsonFormException;
import io.wavegate.wavelet.model.WaveletName;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Requests over HTTP; blocking. */
final class ApiCalls {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final HttpClient http;
    private final Gateways gateways;
    private final String token;

    ApiCalls(HttpClient http, Gateways gateways, String token) {
        this.http = http;
        this.gateways = gateways;
        this.token = token;
    }

    static String path(WaveletName name) {
        StringBuilder path = new StringBuilder("/api/v1/wavelets");
        for (String part : name.toModern().split("/")) {
            path.append('/').append(segment(part));
        }
        return path.toString();
    }

    /** Percent-encoded so that it stays one segment. */
    static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%7E", "~");
    }

    JsonNode json(String method, String path, String body) throws IOException {
        try {
            return JsonFields.parse(text(method, path, body).getBytes(StandardCharsets.UTF_8));
        } catch (JsonFormException e) {
            throw new IOException("The gateway's answer to " + method + " " + path + " is " + e.getMessage(), e);
        }
    }

    String text(String method, String path, String body) throws IOException {
        for (int left = gateways.count() - 1; ; left--) {
            URI gateway = gateways.current();
            try {
                return text(gateway, method, path, body);
            } catch (ClientException | InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                gateways.failed(gateway);
                if (left == 0 || !mayGoElsewhere(method, e)) {
                    throw e;
                }
            }
        }
    }

    /** What was sent may have been done: only what may be done twice, or was never sent, is tried elsewhere. */
    private static boolean mayGoElsewhere(String method, IOException failure) {
        return !method.equals("POST")
                || failure instanceof ConnectException
                || failure instanceof HttpConnectTimeoutException;
    }

    private String text(URI gateway, String method, String path, String body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(gateway.resolve(path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() / 100 == 2) {
                return response.body();
            }
            throw refused(response);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException(method + " " + path);
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    private static IOException refused(HttpResponse<String> response) {
        try {
            return new ClientException(
                    ApiProblem.of(JsonFields.parse(response.body().getBytes(StandardCharsets.UTF_8))));
        } catch (JsonFormException e) {
            return new IOException("HTTP " + response.statusCode() + ": " + response.body(), e);
        }
    }
}
