package io.wavegate.s2s.entity;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * What one pair of domains has sent us and is not answered yet. Stanzas are admitted in the order they came; answers are
 * worked out side by side, within a bound beyond which the stream is not read.
 */
final class InboundLane {
    private final int maxStanzas;
    private final long maxBytes;
    private final Map<String, String> speakers = new HashMap<>();
    private final List<CompletableFuture<Void>> stalled = new ArrayList<>();
    private CompletableFuture<Void> tail = CompletableFuture.completedFuture(null);
    private int stanzas;
    private long bytes;
    private int batches;

    InboundLane(int maxStanzas, long maxBytes) {
        this.maxStanzas = maxStanzas;
        this.maxBytes = maxBytes;
    }

    /** A place in the order of admission. */
    record Place(CompletableFuture<Void> before, CompletableFuture<Void> mine) {}

    /** Takes the next place; it has to be {@link #admit}ted. */
    synchronized Place next() {
        batches++;
        CompletableFuture<Void> before = tail;
        tail = new CompletableFuture<>();
        return new Place(before, tail);
    }

    /**
     * Runs an admission when everything before it has been admitted.
     *
     * @return completes when the stream may go on
     */
    CompletionStage<Void> admit(Place place, Supplier<CompletionStage<Void>> admission) {
        place.before().thenCompose(ready -> admission.get()).whenComplete((admitted, failure) -> {
            synchronized (this) {
                batches--;
            }
            place.mine().complete(null);
        });
        return place.mine().thenCompose(admitted -> room());
    }

    /** Completes when the stream may go on. */
    private synchronized CompletionStage<Void> room() {
        if (hasRoom()) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> wait = new CompletableFuture<>();
        stalled.add(wait);
        return wait;
    }

    private boolean hasRoom() {
        return stanzas < maxStanzas && bytes < maxBytes;
    }

    synchronized void begin(long size) {
        stanzas++;
        bytes += size;
    }

    void end(long size) {
        List<CompletableFuture<Void>> resumed = List.of();
        synchronized (this) {
            stanzas--;
            bytes -= size;
            if (hasRoom() && !stalled.isEmpty()) {
                resumed = List.copyOf(stalled);
                stalled.clear();
            }
        }
        resumed.forEach(wait -> wait.complete(null));
    }

    synchronized boolean isIdle() {
        return stanzas == 0 && batches == 0;
    }

    /** What was found out about the sender stays true while it goes on without a pause. */
    synchronized Optional<String> speaker(String question) {
        return Optional.ofNullable(speakers.get(question));
    }

    synchronized void speaker(String question, String domain) {
        if (speakers.size() < maxStanzas) {
            speakers.put(question, domain);
        }
    }
}
