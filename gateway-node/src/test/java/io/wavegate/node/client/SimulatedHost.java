package io.wavegate.node.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import io.wavegate.node.json.DeltaJson;
import io.wavegate.node.json.JsonFormException;
import io.wavegate.wavelet.api.DeltaPage;
import io.wavegate.wavelet.document.Document;
import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletDelta;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.model.WaveletOperation;
import io.wavegate.wavelet.model.WaveletOperation.MutateDocument;
import io.wavegate.wavelet.ot.DocOpTransformer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A host of one wavelet with one document, in memory, to which clients talk over queues that move when the test says so:
 * one seed, one history.
 */
public final class SimulatedHost {
    private static final HashedVersion START = version(0);

    private final WaveletName name;
    private final String documentId;
    private final List<DeltaPage.Delta> history = new ArrayList<>();
    private final List<Client> clients = new ArrayList<>();
    private Document document;

    /** A client with what is on its way to it and from it. */
    private static final class Client implements LocalWavelet.Outbox {
        private final ParticipantId user;
        private final Deque<ObjectNode> sent = new ArrayDeque<>();
        private final Deque<ObjectNode> coming = new ArrayDeque<>();
        private @Nullable LocalWavelet wavelet;

        Client(ParticipantId user) {
            this.user = user;
        }

        @Override
        public void send(ObjectNode message) {
            if (message.path("type").asText().equals("submit")) {
                sent.addLast(message);
            }
        }

        @Override
        public void later(Duration wait, Runnable task) {
            throw new AssertionError("nothing fails here, so nothing is tried again");
        }

        @Override
        public void closed(WaveletName closed) {
            throw new AssertionError("nobody closes it");
        }
    }

    public SimulatedHost(WaveletName name, String documentId, Document document) {
        this.name = name;
        this.documentId = documentId;
        this.document = document;
    }

    /** Adds a client. */
    public LocalWavelet open(ParticipantId user, WaveletListener listener) {
        Client client = new Client(user);
        WaveletState state = new WaveletState(user, START, Map.of(documentId, document), listener);
        LocalWavelet wavelet = new LocalWavelet(name, state, listener, client);
        client.wavelet = wavelet;
        clients.add(client);
        return wavelet;
    }

    /** The document after all that has been applied. */
    public Document document() {
        return document;
    }

    /** How many deltas have been applied. */
    public int deltas() {
        return history.size();
    }

    /**
     * Takes one message of a client, or hands one to it.
     *
     * @return whether there was one
     */
    public boolean move(int client, boolean inwards, Random random) {
        Client moving = clients.get(client);
        try {
            return inwards ? take(moving, random) : hand(moving);
        } catch (JsonFormException e) {
            throw new AssertionError(e);
        }
    }

    /** Whether anything is on its way. */
    public boolean isBusy() {
        return clients.stream().anyMatch(client -> !client.sent.isEmpty() || !client.coming.isEmpty());
    }

    private boolean take(Client from, Random random) throws JsonFormException {
        ObjectNode message = from.sent.pollFirst();
        if (message == null) {
            return false;
        }
        WaveletDelta delta = DeltaJson.readDelta(message.path("delta"), from.user, Integer.MAX_VALUE);
        DeltaPage.Delta applied = apply(delta);
        ObjectNode deltas = JsonNodeFactory.instance.objectNode().put("type", "deltas");
        deltas.putArray("deltas").add(DeltaJson.write(applied));
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("type", "submitted");
        answer.set("id", message.path("id"));
        answer.set("hashed_version", DeltaJson.write(applied.result()));
        boolean answerFirst = random.nextBoolean();
        for (Client client : clients) {
            if (client == from && answerFirst) {
                client.coming.addLast(answer);
            }
            client.coming.addLast(deltas);
            if (client == from && !answerFirst) {
                client.coming.addLast(answer);
            }
        }
        return true;
    }

    private DeltaPage.Delta apply(WaveletDelta delta) {
        List<WaveletOperation> operations = new ArrayList<>();
        for (WaveletOperation operation : delta.operations()) {
            DocOp transformed = ((MutateDocument) operation).operation();
            for (DeltaPage.Delta earlier : history.subList((int) delta.target().version(), history.size())) {
                DocOp server = ((MutateDocument) earlier.operations().get(0)).operation();
                transformed = DocOpTransformer.transform(transformed, server).client();
            }
            document = document.apply(transformed);
            operations.add(new MutateDocument(documentId, transformed));
        }
        int at = history.size();
        DeltaPage.Delta applied = new DeltaPage.Delta(
                at, delta.author(), operations, version(at + 1), 0, version(at).historyHash());
        history.add(applied);
        return applied;
    }

    private static boolean hand(Client client) throws JsonFormException {
        ObjectNode message = client.coming.pollFirst();
        LocalWavelet wavelet = client.wavelet;
        if (message == null || wavelet == null) {
            return false;
        }
        wavelet.message(message.path("type").asText(), message);
        return true;
    }

    private static HashedVersion version(long version) {
        return new HashedVersion(
                version,
                ByteString.copyFrom(ByteBuffer.allocate(20).putLong(version).array()));
    }
}
