package io.wavegate.node.fake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wavegate.node.description.Described;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A WebSocket that knows nothing but JSON, and holds every message against the description. */
public final class SocketProbe implements WebSocket.Listener, AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    private final StringBuilder text = new StringBuilder();
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final WebSocket socket;

    public SocketProbe(URI gateway, String token) {
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Authorization", "Bearer " + token)
                .buildAsync(URI.create("ws://" + gateway.getAuthority() + "/api/v1/socket"), this)
                .join();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        text.append(part);
        if (last) {
            messages.add(text.toString());
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        closed.complete(status);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        closed.completeExceptionally(failure);
    }

    /** Sends, with ' for ". */
    public void say(String message) {
        socket.sendText(message.replace('\'', '"'), true).join();
    }

    public void sayBinary(byte[] message) {
        socket.sendBinary(ByteBuffer.wrap(message), true).join();
    }

    /** The next message. */
    public JsonNode next() throws InterruptedException {
        String message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(message).as("a message within " + PATIENCE_SECONDS + " s").isNotNull();
        assertThat(message).doesNotContain("Exception", "io.wavegate", "com.fasterxml", "\tat ");
        JsonNode json = Described.json(message);
        Described.checkMessage(json);
        return json;
    }

    /** The next message, of this type. */
    public JsonNode next(String type) throws InterruptedException {
        JsonNode message = next();
        assertThat(message.path("type").asText()).as(message.toString()).isEqualTo(type);
        return message;
    }

    /** Checks that the next message refuses the request with this id. */
    public JsonNode refused(String id, int status, String reason) throws InterruptedException {
        JsonNode error = next("error");
        assertThat(error.path("id").asText()).isEqualTo(id);
        return ApiCaller.problem(error.path("problem"), status, reason);
    }

    /** Completes with the status of the gateway's close. */
    public CompletableFuture<Integer> closed() {
        return closed;
    }

    @Override
    public void close() {
        socket.abort();
    }
}
