package io.wavegate.s2s.wave;

import com.google.protobuf.ByteString;
import io.wavegate.s2s.stanza.Namespaces;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.wavelet.model.HashChain;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ReceivedDelta;
import io.wavegate.wavelet.model.WaveletName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * The reference as a replica (spec 8), as far as a host can see it: it keeps the chain of what it was told, asks for gaps
 * without a limit, gives receipts for what it refuses and none for what it knows, and once corrupted stays so.
 */
final class ReferenceReplica {
    private final ReferencePeer peer;
    private final Map<WaveletName, Copy> copies = new HashMap<>();
    private int toDrop;
    private int toForgetReceipts;

    private static final class Copy {
        private final List<ByteString> history = new ArrayList<>();
        private final TreeMap<Long, ReceivedDelta> pending = new TreeMap<>();
        private HashedVersion head;
        private boolean corrupted;

        Copy(WaveletName wavelet) {
            head = HashChain.zero(wavelet);
        }
    }

    ReferenceReplica(ReferencePeer peer) {
        this.peer = peer;
    }

    /** The next so many updates with deltas are receipted and not applied (spec 3.2). */
    void dropNext(int updates) {
        toDrop = updates;
    }

    /** The next so many updates are applied, and their receipts get lost on the way. */
    void loseReceipts(int updates) {
        toForgetReceipts = updates;
    }

    /** Something went wrong: nothing is applied any more until a restart, and all is receipted. */
    void corrupt(WaveletName wavelet) {
        synchronized (peer) {
            copy(wavelet).corrupted = true;
        }
    }

    /** What was stored is there again, and whole: corruption was in memory. */
    void restart() {
        copies.values().forEach(copy -> {
            copy.corrupted = false;
            copy.pending.clear();
        });
    }

    HashedVersion head(WaveletName wavelet) {
        synchronized (peer) {
            return copy(wavelet).head;
        }
    }

    List<ByteString> history(WaveletName wavelet) {
        synchronized (peer) {
            return List.copyOf(copy(wavelet).history);
        }
    }

    private Copy copy(WaveletName wavelet) {
        return copies.computeIfAbsent(wavelet, Copy::new);
    }

    void told(XmlElement message, Runnable receipt) {
        List<CompletableFuture<Boolean>> parts = new ArrayList<>();
        for (XmlElement item : Captured.all(message, Namespaces.PUBSUB_EVENT, "item")) {
            // Of each item the first alone.
            item.child(Namespaces.WAVE, "wavelet-update").ifPresent(update -> parts.add(update(update)));
        }
        CompletableFuture.allOf(parts.toArray(new CompletableFuture<?>[0])).thenRun(() -> {
            if (parts.stream().allMatch(CompletableFuture::join)) {
                receipt.run();
            }
        });
    }

    /** True when a receipt is due; may never complete. */
    private CompletableFuture<Boolean> update(XmlElement update) {
        WaveletName wavelet = ReferencePeer.wavelet(update);
        List<ReceivedDelta> deltas = Captured.all(update, Namespaces.WAVE, "applied-delta").stream()
                .map(Captured::bytes)
                .map(StoredWavelet::decode)
                .toList();
        if (deltas.isEmpty()) {
            return CompletableFuture.completedFuture(true);
        }
        if (toDrop > 0 || copy(wavelet).corrupted) {
            toDrop = Math.max(0, toDrop - 1);
            return CompletableFuture.completedFuture(true);
        }
        boolean lost = toForgetReceipts > 0;
        toForgetReceipts = Math.max(0, toForgetReceipts - 1);
        CompletableFuture<Boolean> due = new CompletableFuture<>();
        take(wavelet, deltas, due);
        return due.thenApply(yes -> yes && !lost);
    }

    private void take(WaveletName wavelet, List<ReceivedDelta> deltas, CompletableFuture<Boolean> due) {
        CompletableFuture<?>[] signers = deltas.stream()
                .flatMap(delta -> delta.signed().signatures().stream()
                        .map(signature -> peer.learn(wavelet, signature.signerId(), delta.claimedResult())
                                .toCompletableFuture()))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(signers).thenRun(() -> {
            synchronized (peer) {
                boolean known = deltas.stream()
                        .flatMap(delta -> delta.signed().signatures().stream())
                        .allMatch(signature -> peer.knows(signature.signerId()));
                if (known) {
                    deltas.forEach(
                            delta -> copy(wavelet).pending.put(delta.appliedAt().version(), delta));
                    drain(wavelet, due);
                } else {
                    // Rejected as a whole, and receipted.
                    due.complete(true);
                }
            }
        });
    }

    private void drain(WaveletName wavelet, CompletableFuture<Boolean> due) {
        Copy copy = copy(wavelet);
        boolean applied = false;
        while (!copy.pending.isEmpty() && !copy.corrupted) {
            ReceivedDelta first = copy.pending.firstEntry().getValue();
            if (first.appliedAt().version() > copy.head.version()) {
                askHistory(wavelet, first.appliedAt(), due);
                return;
            }
            copy.pending.pollFirstEntry();
            if (first.appliedAt().equals(copy.head)) {
                copy.head = first.claimedResult();
                copy.history.add(first.bytes());
                applied = true;
            } else if (first.appliedAt().version() == copy.head.version()) {
                copy.corrupted = true;
            }
        }
        // Nothing new: nothing is completed, and no receipt goes out (spec 3.2).
        if (applied || copy.corrupted) {
            due.complete(true);
        }
    }

    // Without a limit, and once: a failure is logged only.
    private void askHistory(WaveletName wavelet, HashedVersion until, CompletableFuture<Boolean> due) {
        String question = ReferenceStanzas.history(wavelet, copy(wavelet).head, until);
        peer.ask("get", wavelet.waveletDomain(), question).thenAccept(answer -> {
            List<ReceivedDelta> deltas = Captured.all(answer, Namespaces.WAVE, "applied-delta").stream()
                    .map(Captured::bytes)
                    .map(StoredWavelet::decode)
                    .toList();
            take(wavelet, deltas, due);
        });
    }
}
