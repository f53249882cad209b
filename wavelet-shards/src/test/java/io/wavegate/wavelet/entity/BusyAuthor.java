package io.wavegate.wavelet.entity;

import io.wavegate.wavelet.api.Refusal.Reason;
import io.wavegate.wavelet.api.SubmitResult;
import io.wavegate.wavelet.api.Wavelets;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletDelta;
import io.wavegate.wavelet.model.WaveletName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes one delta after the other, each into a document of its own, as a client does: what has no true answer is handed in
 * again, the same delta.
 */
final class BusyAuthor {
    private static final Set<Reason> PASSING = Set.of(Reason.STORE_UNAVAILABLE, Reason.OVERLOADED);
    private static final Executor THINKING = CompletableFuture.delayedExecutor(15, TimeUnit.MILLISECONDS);

    private final WaveletName wavelet;
    private final ParticipantId user;
    private final String tag;
    private final Map<String, HashedVersion> told = new LinkedHashMap<>();
    private final List<SubmitResult> refused = new ArrayList<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private Wavelets face;
    private HashedVersion head;
    private int written;
    private int unknown;
    private boolean stopping;

    BusyAuthor(WaveletName wavelet, ParticipantId user, String tag, HashedVersion head, Wavelets face) {
        this.wavelet = wavelet;
        this.user = user;
        this.tag = tag;
        this.head = head;
        this.face = face;
    }

    synchronized void write() {
        if (stopping) {
            ended.complete(null);
            return;
        }
        String document = "b+" + tag + "-" + written++;
        submit(document, TestWavelet.delta(head, user, TestWavelet.write(document, "x")));
    }

    private synchronized void submit(String document, WaveletDelta delta) {
        face.submit(wavelet, delta).whenComplete((result, failure) -> answered(document, delta, result));
    }

    private synchronized void answered(String document, WaveletDelta delta, @Nullable SubmitResult result) {
        if (result instanceof SubmitResult.Applied applied) {
            told.put(document, applied.version());
            head = applied.version();
            THINKING.execute(this::write);
        } else if (result instanceof SubmitResult.Refused no
                && !PASSING.contains(no.refusal().reason())) {
            refused.add(result);
            ended.complete(null);
        } else {
            unknown++;
            THINKING.execute(() -> submit(document, delta));
        }
    }

    /** Goes on at another node. */
    synchronized void moveTo(Wavelets other) {
        face = other;
    }

    /** Completes when the last delta has its answer. */
    synchronized CompletableFuture<Void> stop() {
        stopping = true;
        return ended;
    }

    WaveletName wavelet() {
        return wavelet;
    }

    String tag() {
        return tag;
    }

    /** Documents in the order in which they were acknowledged, each with its version. */
    synchronized Map<String, HashedVersion> told() {
        return new LinkedHashMap<>(told);
    }

    synchronized int count() {
        return told.size();
    }

    /** How often the outcome was said to be unknown. */
    synchronized int unknown() {
        return unknown;
    }

    /** Refusals that were meant so. */
    synchronized List<SubmitResult> refused() {
        return List.copyOf(refused);
    }
}
