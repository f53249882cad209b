package io.wavegate.s2s.wire;

import io.wavegate.s2s.stream.Unsent;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Stanzas that are sent in one flush, and who waits for them. All in one object, since there is one for each flush: what is
 * told when they have left, and what runs when there is room for more. On the connection's loop alone.
 */
final class Sending implements Written, Runnable {
    private final OutboundFlow flow;
    private final CompletableFuture<Unsent> sent;
    private Unsent unsent = Unsent.NOTHING;

    /** @param sent completes when there is room for more */
    Sending(OutboundFlow flow, CompletableFuture<Unsent> sent) {
        this.flow = flow;
        this.sent = sent;
    }

    /** This part of it is not sent. */
    void tooLarge(Unsent part) {
        unsent = part;
    }

    /** Nothing of it was written: all is too large, or the stream is over. */
    void unwritten() {
        if (unsent.stanzas().isEmpty()) {
            fail(new IOException("the stream is over"));
        } else {
            told(Optional.empty());
        }
    }

    void fail(Exception why) {
        sent.completeExceptionally(why);
    }

    @Override
    public void told(Optional<String> failure) {
        if (failure.isPresent()) {
            fail(new IOException(failure.get()));
        } else {
            flow.whenRoom(this);
        }
    }

    @Override
    public void run() {
        sent.complete(unsent);
    }
}
