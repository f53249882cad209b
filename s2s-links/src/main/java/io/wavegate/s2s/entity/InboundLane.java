package io.wavegate.s2s.entity;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * The requests of one pair of domains that are not answered yet: begun in the order they came, worked on side by side,
 * and bounded.
 *
 * <p>Beyond the bound a request is refused. Not reading the stream would be kinder, but can stop for good: an update may
 * wait for a history, a signer or a discovery that the same peer sends on the same stream.
 */
final class InboundLane {
    private static final int MAX_SPEAKERS = 64;

    private final int maxRequests;
    private final long maxBytes;
    private final Map<String, String> speakers = new HashMap<>();
    private CompletableFuture<Void> tail = CompletableFuture.completedFuture(null);
    private int requests;
    private long bytes;

    InboundLane(int maxRequests, long maxBytes) {
        this.maxRequests = maxRequests;
        this.maxBytes = maxBytes;
    }

    /** A place in the order. */
    record Place(CompletableFuture<Void> before, CompletableFuture<Void> mine) {
        /** Begins the request when those before it have begun. The stage completes when the next one may begin. */
        void begin(Supplier<CompletionStage<Void>> request) {
            before.thenCompose(ready -> request.get()).whenComplete((begun, failure) -> mine.complete(null));
        }
    }

    /** Takes the next place, which has to be begun and {@link #end}ed; empty if there is no room. */
    synchronized Optional<Place> next(long size) {
        if (requests >= maxRequests || (requests > 0 && bytes + size > maxBytes)) {
            return Optional.empty();
        }
        requests++;
        bytes += size;
        CompletableFuture<Void> before = tail;
        tail = new CompletableFuture<>();
        return Optional.of(new Place(before, tail));
    }

    synchronized void end(long size) {
        requests--;
        bytes -= size;
    }

    synchronized boolean isIdle() {
        return requests == 0;
    }

    /** What was found out about the sender stays true while it goes on without a pause. */
    synchronized Optional<String> speaker(String question) {
        return Optional.ofNullable(speakers.get(question));
    }

    synchronized void speaker(String question, String domain) {
        if (speakers.size() < MAX_SPEAKERS) {
            speakers.put(question, domain);
        }
    }
}
