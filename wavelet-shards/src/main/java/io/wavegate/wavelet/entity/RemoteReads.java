package io.wavegate.wavelet.entity;

import io.wavegate.wavelet.api.Refusal;
import io.wavegate.wavelet.entity.WaveletCommand.Asked;
import io.wavegate.wavelet.entity.WaveletCommand.FindSigner;
import io.wavegate.wavelet.entity.WaveletCommand.ReadHistory;
import io.wavegate.wavelet.entity.WaveletReply.HistoryReply;
import io.wavegate.wavelet.entity.WaveletReply.SignerReply;
import io.wavegate.wavelet.model.AppliedDelta;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.state.WaveletState;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * What remote domains read of a hosted wavelet (spec 7.5), straight from the journal. A domain sees history while it has
 * a participant, afterwards up to its removal; for everybody else the wavelet does not exist.
 */
final class RemoteReads {
    private final WaveletServices services;
    private final WaveletHistory history;

    RemoteReads(EntityParts parts) {
        this.services = parts.services();
        this.history = parts.history();
    }

    void history(WaveletState state, ReadHistory read) {
        long start = read.start().version();
        long end = read.end().version();
        guarded(read, () -> visible(state, read.remoteDomain()).thenCompose(until -> {
            if (until.isEmpty() || end > until.getAsLong()) {
                return done(until.isEmpty() ? noSuchWavelet() : unknown(end), read);
            }
            return start < 0 || start >= end ? done(unknown(start), read) : boundaries(state, read);
        }));
    }

    private CompletionStage<Runnable> boundaries(WaveletState state, ReadHistory read) {
        return wrong(read.start()).thenCompose(atStart -> {
            if (atStart.isPresent()) {
                return done(atStart.get(), read);
            }
            return wrong(read.end())
                    .thenCompose(atEnd -> atEnd.isPresent() ? done(atEnd.get(), read) : page(state, read));
        });
    }

    private CompletionStage<Runnable> page(WaveletState state, ReadHistory read) {
        long bytes = Math.max(
                1, Math.min(read.maxBytes(), services.settings().reading().pageBytes()));
        return history.read(read.start().version(), read.end().version(), bytes)
                .thenApply(run -> () -> read.replyTo()
                        .tell(new HistoryReply(
                                Optional.empty(),
                                run.deltas().stream().map(AppliedDelta::bytes).toList(),
                                state.version().version(),
                                run.more())));
    }

    void signer(WaveletState state, FindSigner find) {
        HashedVersion end = find.end();
        guarded(find, () -> visible(state, find.remoteDomain()).thenCompose(until -> {
            if (until.isEmpty() || end.version() > until.getAsLong()) {
                return done(until.isEmpty() ? noSuchWavelet() : unknown(end.version()), find);
            }
            return history.ending(end).thenApply(ending -> {
                boolean carries = ending.delta()
                        .filter(d -> d.signerIds().contains(find.signerId()))
                        .isPresent();
                Optional<Refusal> refusal = carries ? Optional.empty() : Optional.of(unknown(end.version()));
                return () -> find.replyTo().tell(new SignerReply(refusal));
            });
        }));
    }

    // How far the domain may see. The same words and steps for a wavelet that does not exist; only loading one takes
    // time.
    private CompletionStage<OptionalLong> visible(WaveletState state, String domain) {
        if (state.participants().domains().contains(domain)) {
            return CompletableFuture.completedFuture(
                    OptionalLong.of(state.version().version()));
        }
        return history.departures().thenApply(members -> Departure.latest(
                        members, domain, state.version().version())
                .map(departure -> OptionalLong.of(departure.until()))
                .orElse(OptionalLong.empty()));
    }

    private CompletionStage<Optional<Refusal>> wrong(HashedVersion boundary) {
        return history.ending(boundary).thenApply(ending -> {
            if (ending.right()) {
                return Optional.empty();
            }
            return Optional.of(
                    ending.boundary()
                            ? WaveletRefusals.hashMismatch(history.wavelet(), boundary.version())
                            : unknown(boundary.version()));
        });
    }

    private void guarded(Asked command, Supplier<CompletionStage<Runnable>> read) {
        Semaphore reads = services.journalReads();
        if (!reads.tryAcquire()) {
            command.refuse(WaveletRefusals.overloaded("Too many histories are being read."));
            return;
        }
        read.get().whenComplete((answer, failure) -> {
            reads.release();
            if (failure == null) {
                answer.run();
            } else {
                command.refuse(WaveletRefusals.storeUnavailable(history.wavelet()));
            }
        });
    }

    private Refusal noSuchWavelet() {
        return WaveletRefusals.noSuchWavelet(history.wavelet());
    }

    private Refusal unknown(long version) {
        return WaveletRefusals.unknownVersion(history.wavelet(), version);
    }

    private static CompletionStage<Runnable> done(Refusal refusal, Asked command) {
        return CompletableFuture.completedFuture(() -> command.refuse(refusal));
    }
}
