package io.wavegate.node.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wavegate.node.json.DeltaJson;
import io.wavegate.node.json.DocOpJson;
import io.wavegate.node.json.JsonFields;
import io.wavegate.node.json.JsonFormException;
import io.wavegate.wavelet.document.Document;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.model.WaveletOperation;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * One user's client of one gateway, at whichever of its nodes answers.
 *
 * <pre>
 * try (WavegateClient alice = WavegateClient.connect(URI.create("http://127.0.0.1:9898"), token, address)) {
 *     WaveletName name = alice.createWave(List.of());
 *     LocalWavelet wavelet = alice.open(name, WaveletListener.NONE);
 *     wavelet.replace("b+1", 0, 0, "Hello");
 *     wavelet.awaitQuiet(Duration.ofSeconds(5));
 * }
 * </pre>
 *
 * Requests block; opened wavelets live on a thread of the client's own.
 */
public final class WavegateClient implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(WavegateClient.class.getName());

    private final ParticipantId user;
    private final ApiCalls calls;
    private final ApiSocket socket;
    private final ScheduledExecutorService loop;
    private final Map<WaveletName, LocalWavelet> wavelets = new ConcurrentHashMap<>();

    private WavegateClient(Gateways gateways, String token, ParticipantId user) {
        this.user = user;
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
        this.calls = new ApiCalls(http, gateways, token);
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "wavegate-client-" + user);
            thread.setDaemon(true);
            return thread;
        });
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.loop = executor;
        this.socket = new ApiSocket(http, gateways, token, loop, new Incoming());
    }

    /**
     * Makes a client; connections are opened as they are needed.
     *
     * @param gateway {@code http://host:port}
     * @param token whose subject is {@code user}
     */
    public static WavegateClient connect(URI gateway, String token, ParticipantId user) {
        return connect(List.of(gateway), token, user);
    }

    /**
     * Makes a client that goes on at another node when one leaves or dies: from its versions, and with the same deltas.
     *
     * @param gateways {@code http://host:port} of each node; the first is tried first
     * @param token whose subject is {@code user}
     */
    public static WavegateClient connect(List<URI> gateways, String token, ParticipantId user) {
        WavegateClient client = new WavegateClient(new Gateways(gateways), token, user);
        client.loop.execute(client.socket::open);
        return client;
    }

    public ParticipantId user() {
        return user;
    }

    /**
     * Creates a wave with this user on it.
     *
     * @param operations done in the same delta: further participants, first documents
     */
    public WaveletName createWave(List<WaveletOperation> operations) throws IOException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("operation", DeltaJson.write(operations));
        return name(calls.json("POST", "/api/v1/waves", body.toString())
                .path("wavelet")
                .asText());
    }

    /** Puts somebody on a wavelet; no difference if he is on it already. */
    public void addParticipant(WaveletName wavelet, ParticipantId participant) throws IOException {
        calls.text("PUT", participantPath(wavelet, participant), "");
    }

    /** Takes somebody off a wavelet; no difference if he is not on it. */
    public void removeParticipant(WaveletName wavelet, ParticipantId participant) throws IOException {
        calls.text("DELETE", participantPath(wavelet, participant), "");
    }

    private static String participantPath(WaveletName wavelet, ParticipantId participant) {
        return ApiCalls.path(wavelet) + "/participants/" + ApiCalls.segment(participant.address());
    }

    /** Names of the wavelets that this user is on, after {@code after}. */
    public List<WaveletName> wavelets(String after) throws IOException {
        List<WaveletName> names = new ArrayList<>();
        for (JsonNode name : calls.json("GET", "/api/v1/wavelets?after=" + ApiCalls.segment(after), "")
                .path("wavelets")) {
            names.add(name(name.asText()));
        }
        return names;
    }

    /** A document's text as the gateway has it. */
    public String text(WaveletName wavelet, String documentId) throws IOException {
        return calls.text(
                "GET", ApiCalls.path(wavelet) + "/documents/" + ApiCalls.segment(documentId) + "?as=text", "");
    }

    /** The durable version that the gateway has. */
    public HashedVersion version(WaveletName wavelet) throws IOException {
        return version(calls.json("GET", ApiCalls.path(wavelet), ""));
    }

    /** Opens a wavelet: its documents as they are now, and from here on live. */
    public LocalWavelet open(WaveletName wavelet, WaveletListener listener) throws IOException {
        JsonNode view = calls.json("GET", ApiCalls.path(wavelet), "");
        WaveletState state = new WaveletState(user, version(view), documents(view), listener);
        LocalWavelet opened = new LocalWavelet(wavelet, state, listener, new Connection());
        if (wavelets.putIfAbsent(wavelet, opened) != null) {
            throw new IllegalStateException(wavelet + " is open already");
        }
        // Before anybody can edit: what is edited first would be sent twice, by itself and as still in flight.
        opened.connected();
        return opened;
    }

    /** Cuts the connection, as a network does. For trying what a program does then; it is opened again. */
    public void cutConnection() {
        loop.execute(socket::cut);
    }

    private static HashedVersion version(JsonNode view) throws IOException {
        try {
            return DeltaJson.readVersion(view.path("hashed_version"), "hashed_version");
        } catch (JsonFormException e) {
            throw new IOException(e);
        }
    }

    private static Map<String, Document> documents(JsonNode view) throws IOException {
        Map<String, Document> documents = new TreeMap<>();
        try {
            for (JsonNode document : view.path("documents")) {
                List<JsonNode> components =
                        JsonFields.array(document.path("document_operation"), "component", "document_operation");
                documents.put(
                        document.path("document_id").asText(),
                        Document.EMPTY.apply(DocOpJson.read(components, "component")));
            }
            return documents;
        } catch (JsonFormException e) {
            throw new IOException(e);
        }
    }

    private static WaveletName name(String text) throws IOException {
        return WaveletName.parseModern(text)
                .orElseThrow(() -> new IOException("The gateway named a wavelet \"" + text + "\", which is no name"));
    }

    @Override
    public void close() {
        wavelets.values().forEach(LocalWavelet::close);
        loop.execute(socket::close);
        loop.shutdown();
        try {
            if (!loop.awaitTermination(2, TimeUnit.SECONDS)) {
                loop.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Connection implements LocalWavelet.Outbox {
        @Override
        public void send(ObjectNode message) {
            execute(() -> socket.send(message));
        }

        @Override
        public void later(Duration wait, Runnable task) {
            if (!loop.isShutdown()) {
                var unused = loop.schedule(task, wait.toMillis(), TimeUnit.MILLISECONDS);
            }
        }

        @Override
        public void closed(WaveletName name) {
            wavelets.remove(name);
            send(JsonNodeFactory.instance
                    .objectNode()
                    .put("type", "unfollow")
                    .put("id", "unfollow")
                    .put("wavelet", name.toModern()));
        }

        private void execute(Runnable task) {
            if (!loop.isShutdown()) {
                loop.execute(task);
            }
        }
    }

    private final class Incoming implements ApiSocket.Handler {
        @Override
        public void opened() {
            wavelets.values().forEach(LocalWavelet::connected);
        }

        @Override
        public void notLetIn() {
            ApiProblem problem = new ApiProblem(
                    401,
                    "UNAUTHENTICATED",
                    "The gateway does not take the token (any more). Connect again with another one.");
            wavelets.values().forEach(wavelet -> wavelet.followEnded(problem));
        }

        @Override
        public void message(JsonNode message) {
            String type = message.path("type").asText();
            LocalWavelet wavelet = WaveletName.parseModern(
                            message.path("wavelet").asText())
                    .map(wavelets::get)
                    .orElse(null);
            if (wavelet == null) {
                Optional.of(type)
                        .filter("error"::equals)
                        .ifPresent(error -> LOG.log(System.Logger.Level.WARNING, "the gateway refuses: {0}", message));
                return;
            }
            try {
                wavelet.message(type, message);
            } catch (JsonFormException e) {
                LOG.log(System.Logger.Level.WARNING, "the gateway sent what is no message: {0}", e.getMessage());
            }
        }
    }
}
