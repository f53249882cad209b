package io.wavegate.node.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wavegate.node.json.DeltaJson;
import io.wavegate.node.json.JsonFormException;
import io.wavegate.wavelet.document.Document;
import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.WaveletDelta;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.model.WaveletOperation;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * A wavelet on the user's screen: edited at once, sent delta by delta, kept in the host's order. Survives lost
 * connections and restarts of the gateway: what was in flight is submitted again, the same delta, and applied once. Safe for use
 * by many threads.
 */
public final class LocalWavelet implements AutoCloseable {
    private final WaveletName name;
    private final WaveletState state;
    private final WaveletListener listener;
    private final Outbox outbox;
    private final Backoff backoff =
            new Backoff(() -> ThreadLocalRandom.current().nextDouble());
    private long submits;
    private long submittedAtNanos;
    private boolean isGathering;
    private Optional<ApiProblem> ended = Optional.empty();

    /** What a wavelet needs of its client's connection. */
    interface Outbox {
        /** Sends on the loop, if there is a connection. */
        void send(ObjectNode message);

        /** Runs on the loop, later. */
        void later(Duration wait, Runnable task);

        /** Forgets the wavelet. */
        void closed(WaveletName name);
    }

    LocalWavelet(WaveletName name, WaveletState state, WaveletListener listener, Outbox outbox) {
        this.name = name;
        this.state = state;
        this.listener = listener;
        this.outbox = outbox;
    }

    public WaveletName name() {
        return name;
    }

    /** The host's version that the local documents stand on. */
    public synchronized HashedVersion version() {
        return state.version();
    }

    /** A document as the user sees it, own edits included; one that does not exist is empty. */
    public synchronized Document document(String documentId) {
        return state.document(documentId);
    }

    /**
     * Edits a document: shown at once, sent as soon as the delta before is through.
     *
     * @param edit makes the operation for the document as it is now
     */
    public synchronized void edit(String documentId, Function<Document, DocOp> edit) {
        requireOpen();
        state.edit(documentId, edit.apply(state.document(documentId)));
        pump();
    }

    /**
     * Replaces plain text.
     *
     * @param position in items: UTF-16 code units, element starts and ends
     * @param length how many characters go
     * @param text what comes instead
     */
    public void replace(String documentId, int position, int length, String text) {
        edit(
                documentId,
                document -> TextEdits.replace(
                        position, TextEdits.plain(document, position, position + length), text, document.length()));
    }

    /** Adds or removes a participant, or does nothing. */
    public synchronized void change(WaveletOperation operation) {
        requireOpen();
        state.change(operation);
        pump();
    }

    /** What is edited from now on goes into another delta than what was edited before. */
    public synchronized void seal() {
        state.seal();
    }

    /** Waits until every edit is durable and has come back in the host's order. */
    public void awaitQuiet(Duration atMost) throws InterruptedException, TimeoutException {
        await(state::isQuiet, atMost);
    }

    /**
     * Waits until something holds that changes with this wavelet.
     *
     * @param condition asked while the wavelet is locked, after each change
     * @throws IllegalStateException if the wavelet was closed by a refusal
     */
    public synchronized void await(BooleanSupplier condition, Duration atMost)
            throws InterruptedException, TimeoutException {
        long end = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            requireOpen();
            long millis = (end - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                throw new TimeoutException(
                        name + " at version " + state.version().version() + " after " + atMost);
            }
            wait(millis);
        }
    }

    private void requireOpen() {
        ended.ifPresent(problem -> {
            throw new IllegalStateException(name + " is closed: " + problem.reason() + ", " + problem.detail());
        });
    }

    /** Stops following. Edits not durable yet may or may not become so. */
    @Override
    public synchronized void close() {
        end(new ApiProblem(0, "CLOSED", "It was closed here."));
    }

    private void end(ApiProblem problem) {
        if (ended.isEmpty()) {
            ended = Optional.of(problem);
            outbox.closed(name);
            notifyAll();
        }
    }

    // ---- from the connection, on the loop ----

    synchronized void connected() {
        if (ended.isEmpty()) {
            follow();
            resubmit();
        }
    }

    private void follow() {
        ObjectNode message = message("follow", "follow " + name);
        message.set("from", DeltaJson.write(state.received()));
        outbox.send(message);
    }

    private void resubmit() {
        state.inFlight().filter(flight -> flight.result().isEmpty()).ifPresent(flight -> send(flight.sent()));
    }

    /**
     * Makes edits that go out together, in one delta unless there is a {@link #seal()} between them: a deletion and what is
     * typed in its place, say. Sent one after the other, somebody else's text could come between them.
     */
    public synchronized void together(Runnable edits) {
        isGathering = true;
        try {
            edits.run();
        } finally {
            isGathering = false;
        }
        pump();
    }

    private void pump() {
        if (isGathering) {
            return;
        }
        state.takeNext().ifPresent(delta -> {
            submits++;
            submittedAtNanos = System.nanoTime();
            send(delta);
        });
    }

    private void send(WaveletDelta delta) {
        // The id is the delta's, not the attempt's: a late answer to an earlier attempt is as good.
        ObjectNode message = message("submit", submitId());
        message.set("delta", DeltaJson.write(delta));
        outbox.send(message);
    }

    private String submitId() {
        return "submit " + submits;
    }

    private ObjectNode message(String type, String id) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", type)
                .put("id", id)
                .put("wavelet", name.toModern());
    }

    /** A message about this wavelet. */
    synchronized void message(String type, JsonNode message) throws JsonFormException {
        if (ended.isPresent()) {
            return;
        }
        switch (type) {
            case "deltas" -> {
                for (JsonNode delta : message.path("deltas")) {
                    state.receive(DeltaJson.readApplied(delta));
                }
            }
            case "submitted" -> submitted(message);
            case "error" -> error(message);
            case "follow_ended" -> followEnded(ApiProblem.of(message.path("problem")));
            default -> {
                // Confirmations: nothing waits for them.
            }
        }
        pump();
        notifyAll();
    }

    private boolean isCurrent(JsonNode message) {
        return message.path("id").asText().equals(submitId())
                && state.inFlight().filter(flight -> flight.result().isEmpty()).isPresent();
    }

    private void submitted(JsonNode message) throws JsonFormException {
        if (isCurrent(message)) {
            backoff.reset();
            HashedVersion result = DeltaJson.readVersion(message.path("hashed_version"), "hashed_version");
            listener.durable(result, System.nanoTime() - submittedAtNanos);
            state.answered(result);
        }
    }

    private void error(JsonNode message) {
        if (!isCurrent(message)) {
            return;
        }
        ApiProblem problem = ApiProblem.of(message.path("problem"));
        if (problem.passes()) {
            outbox.later(backoff.next(), this::resubmitNow);
        } else {
            endByRefusal(problem);
        }
    }

    // What nobody else will see is handed back, what waited for the delta in flight as well.
    private void endByRefusal(ApiProblem problem) {
        state.unsaved().forEach(delta -> listener.refused(delta, problem));
        end(problem);
    }

    private synchronized void resubmitNow() {
        if (ended.isEmpty()) {
            resubmit();
        }
    }

    /** No deltas come; whether it is worth asking again, the problem says. */
    synchronized void followEnded(ApiProblem problem) {
        if (problem.passes()) {
            outbox.later(backoff.next(), this::followNow);
        } else {
            listener.followEnded(problem);
            endByRefusal(problem);
        }
    }

    private synchronized void followNow() {
        if (ended.isEmpty()) {
            follow();
        }
    }
}
