package io.wavegate.load.chaos;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A WebSocket of the client API that sends what the test says. */
final class RawSocket implements AutoCloseable {
    private static final int PART = 100_000;

    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final WebSocket socket;

    RawSocket(URI gateway, String token) {
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Authorization", "Bearer " + token)
                .buildAsync(
                        URI.create(gateway.toString().replaceFirst("^http", "ws") + "/api/v1/socket"), new Listener())
                .join();
    }

    /** Sends a message, in parts if it is long; the answer, or {@code closed} if the gateway hangs up. */
    String ask(String message) throws InterruptedException {
        try {
            for (int at = 0; at < message.length() || at == 0; at += PART) {
                int end = Math.min(message.length(), at + PART);
                socket.sendText(message.substring(at, end), end == message.length())
                        .join();
            }
        } catch (RuntimeException e) {
            return "closed";
        }
        String answer = answers.poll(30, TimeUnit.SECONDS);
        return answer == null ? "no answer" : answer;
    }

    @Override
    public void close() {
        socket.abort();
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                answers.add(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            answers.add("closed");
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable failure) {
            answers.add("closed");
        }
    }
}
