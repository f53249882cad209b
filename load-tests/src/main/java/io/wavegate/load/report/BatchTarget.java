package io.wavegate.load.report;

import java.util.concurrent.CompletionStage;

/** Somewhere that batches of events are written to. */
interface BatchTarget extends AutoCloseable {
    /**
     * Writes a batch; the stage completes when it is durable, and fails if it is not stored.
     *
     * @param stream which stream
     * @param head where the stream ends now
     * @param events how many events
     */
    CompletionStage<Void> write(int stream, long head, int events);

    @Override
    void close();
}
