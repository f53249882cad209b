package io.wavegate.node.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wavegate.node.json.JsonFields;
import io.wavegate.node.json.JsonFormException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket that is opened again whenever it is lost, at the next node if there are several. What is sent while there is
 * none is dropped: whoever sends says it again when {@link Handler#opened} is called. Everything happens on one thread, the
 * loop.
 */
final class ApiSocket {
    /** The server pings every 20 s: after three missed ones the connection is dead. */
    private static final Duration SILENCE = Duration.ofSeconds(65);

    /** Within so long after a node said that it leaves, its clients are elsewhere. */
    private static final Duration SPREAD = Duration.ofMillis(500);

    private static final System.Logger LOG = System.getLogger(ApiSocket.class.getName());

    private final HttpClient http;
    private final Gateways gateways;
    private final String token;
    private final ScheduledExecutorService loop;
    private final Handler handler;
    private final Backoff backoff =
            new Backoff(() -> ThreadLocalRandom.current().nextDouble());
    private @Nullable WebSocket socket;
    private CompletableFuture<?> lastSend = CompletableFuture.completedFuture(null);
    private long generation;
    private volatile long heardAtNanos = System.nanoTime();
    private URI gateway;
    private boolean leaving;
    private boolean closed;

    /** Called on the loop. */
    interface Handler {
        /** There is a connection, new or again: say everything that should stand. */
        void opened();

        void message(JsonNode message);

        /** The token does not count (any more): it is not tried again. */
        void notLetIn();
    }

    ApiSocket(HttpClient http, Gateways gateways, String token, ScheduledExecutorService loop, Handler handler) {
        this.http = http;
        this.gateways = gateways;
        this.token = token;
        this.loop = loop;
        this.handler = handler;
        this.gateway = gateways.current();
    }

    /** On the loop. */
    void open() {
        if (closed) {
            return;
        }
        long attempt = ++generation;
        leaving = false;
        gateway = gateways.current();
        URI address = URI.create(gateway.toString().replaceFirst("^http", "ws")).resolve("/api/v1/socket");
        http.newWebSocketBuilder()
                .header("Authorization", "Bearer " + token)
                .connectTimeout(Duration.ofSeconds(10))
                .buildAsync(address, new Events(attempt))
                .whenCompleteAsync((opened, failure) -> opened(attempt, opened, failure), loop);
    }

    private void opened(long attempt, @Nullable WebSocket opened, @Nullable Throwable failure) {
        if (failure != null && isUnauthenticated(failure)) {
            closed = true;
            handler.notLetIn();
        } else if (failure != null || opened == null) {
            lost(attempt, String.valueOf(failure));
        } else if (closed || attempt != generation) {
            opened.abort();
        } else {
            socket = opened;
            lastSend = CompletableFuture.completedFuture(null);
            heardAtNanos = System.nanoTime();
            watch(attempt);
            handle(handler::opened);
        }
    }

    /**
     * A handler that fails has lost its place; on a new connection it says everything again. Only what was handled well
     * shortens the pause before the next attempt.
     */
    private void handle(Runnable event) {
        try {
            event.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "the client failed; it goes on with a new connection", e);
            cut();
        }
    }

    private static boolean isUnauthenticated(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof WebSocketHandshakeException refused
                && refused.getResponse() != null
                && refused.getResponse().statusCode() == 401;
    }

    private void watch(long attempt) {
        loop.schedule(
                () -> {
                    WebSocket current = socket;
                    if (current == null || attempt != generation) {
                        return;
                    }
                    if (System.nanoTime() - heardAtNanos > SILENCE.toNanos()) {
                        current.abort();
                        lost(attempt, "the gateway is silent");
                    } else {
                        watch(attempt);
                    }
                },
                15,
                TimeUnit.SECONDS);
    }

    private void lost(long attempt, String why) {
        if (closed || attempt != generation) {
            return;
        }
        socket = null;
        generation++;
        gateways.failed(gateway);
        // All clients of a node that leaves come at once to the others: they spread.
        Duration wait =
                leaving ? Duration.ofMillis(ThreadLocalRandom.current().nextLong(SPREAD.toMillis())) : backoff.next();
        LOG.log(System.Logger.Level.DEBUG, "no connection to {0} ({1}); another in {2}", gateway, why, wait);
        loop.schedule(this::open, wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** On the loop. */
    void send(ObjectNode message) {
        WebSocket current = socket;
        if (current == null) {
            return;
        }
        long attempt = generation;
        String text = message.toString();
        // The JDK's WebSocket takes one send at a time.
        lastSend = lastSend.thenCompose(before -> current.sendText(text, true))
                .whenCompleteAsync(
                        (sent, failure) -> {
                            if (failure != null) {
                                lost(attempt, String.valueOf(failure));
                            }
                        },
                        loop);
    }

    /** On the loop. Cuts the connection without a word, as a network does; it is opened again. */
    void cut() {
        WebSocket current = socket;
        if (current != null) {
            current.abort();
            lost(generation, "cut");
        }
    }

    /** On the loop. */
    void close() {
        closed = true;
        WebSocket current = socket;
        if (current != null) {
            current.sendClose(WebSocket.NORMAL_CLOSURE, "").whenComplete((s, failure) -> current.abort());
        }
    }

    private final class Events implements WebSocket.Listener {
        private final long attempt;
        private final StringBuilder text = new StringBuilder();

        Events(long attempt) {
            this.attempt = attempt;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            heardAtNanos = System.nanoTime();
            text.append(part);
            from.request(1);
            if (last) {
                String whole = text.toString();
                text.setLength(0);
                loop.execute(() -> message(whole));
            }
            return null;
        }

        private void message(String whole) {
            if (attempt != generation) {
                return;
            }
            try {
                JsonNode message = JsonFields.parse(whole.getBytes(StandardCharsets.UTF_8));
                if (message.path("type").asText().equals("leaving")) {
                    leaving = true;
                    return;
                }
                handle(() -> {
                    handler.message(message);
                    backoff.reset();
                });
            } catch (JsonFormException e) {
                LOG.log(System.Logger.Level.WARNING, "the gateway sent what is no message: {0}", e.getMessage());
            }
        }

        @Override
        public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
            heardAtNanos = System.nanoTime();
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            loop.execute(() -> lost(attempt, "closed by the gateway, " + status));
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable failure) {
            loop.execute(() -> lost(attempt, String.valueOf(failure)));
        }
    }
}
