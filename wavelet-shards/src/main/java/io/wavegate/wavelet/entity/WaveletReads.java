package io.wavegate.wavelet.entity;

import io.wavegate.wavelet.api.Refusal;
import io.wavegate.wavelet.entity.WaveletCommand.ReadDeltas;
import io.wavegate.wavelet.entity.WaveletCommand.ReadView;
import io.wavegate.wavelet.entity.WaveletReply.DeltasReply;
import io.wavegate.wavelet.model.AppliedDelta;
import io.wavegate.wavelet.model.Generations;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.HistoryTail;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.state.WaveletState;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;

/** What users of ours read of a wavelet, hosted or replica: durable history only. */
final class WaveletReads {
    private final WaveletServices services;
    private final WaveletHistory history;
    private final Generations generations;
    private final ViewAnswers views;
    private final WaitingReaders waiting;

    WaveletReads(EntityParts parts) {
        this.services = parts.services();
        this.history = parts.history();
        this.generations = parts.generations().generations();
        this.views = parts.services().views();
        this.waiting = new WaitingReaders(services.settings().reading().maxWaiting());
    }

    WaitingReaders waiting() {
        return waiting;
    }

    void view(WaveletState state, ReadView read) {
        if (mayRead(state, read.reader())) {
            views.answer(state, read);
        } else {
            read.refuse(WaveletRefusals.noSuchWavelet(history.wavelet()));
        }
    }

    void deltas(WaveletState state, HistoryTail tail, ReadDeltas read) {
        HashedVersion from = read.from();
        HashedVersion head = state.version();
        if (!mayRead(state, read.reader())) {
            read.refuse(WaveletRefusals.noSuchWavelet(history.wavelet()));
        } else if (from.version() < 0 || from.version() > head.version()) {
            read.refuse(wrong(from, false));
        } else if (from.version() < tail.from().version()) {
            fromJournal(head, read);
        } else {
            fromTail(tail, read);
        }
    }

    /** Durable news for those who wait. */
    void news(List<AppliedDelta> deltas, HashedVersion head) {
        waiting.news(deltas, head, services.settings().reading().pageBytes());
    }

    OptionalLong nextDeadline() {
        return waiting.nextDeadline();
    }

    // A shared participant means everyone of that domain only where that domain hosts (spec section 8).
    boolean mayRead(WaveletState state, ParticipantId reader) {
        return !state.isEmpty()
                && state.participants().admit(reader, history.wavelet().waveletDomain());
    }

    private void fromTail(HistoryTail tail, ReadDeltas read) {
        HashedVersion from = read.from();
        Optional<HashedVersion> boundary = tail.boundary(from.version());
        if (boundary.isEmpty()) {
            read.refuse(wrong(from, false));
        } else if (!boundary.get().equals(from)) {
            read.refuse(wrong(from, true));
        } else if (from.equals(tail.head())) {
            await(tail.head(), read);
        } else {
            List<AppliedDelta> page = DeltaPages.page(tail.since(from.version()), pageBytes(read));
            read.replyTo().tell(DeltasReply.of(page, tail.head()));
        }
    }

    private void await(HashedVersion head, ReadDeltas read) {
        long wait = Math.min(
                read.waitMillis(), services.settings().reading().maxWait().toMillis());
        if (wait <= 0) {
            read.replyTo().tell(DeltasReply.of(List.of(), head));
        } else if (!waiting.add(read, services.steady().getAsLong() + wait)) {
            read.refuse(WaveletRefusals.overloaded("Too many readers, or too many of " + read.reader()
                    + ", wait for wavelet " + history.wavelet() + " already."));
        }
    }

    private void fromJournal(HashedVersion head, ReadDeltas read) {
        Semaphore reads = services.journalReads();
        if (!reads.tryAcquire()) {
            read.refuse(WaveletRefusals.overloaded("Too many histories are being read."));
            return;
        }
        page(head, read).whenComplete((reply, failure) -> {
            reads.release();
            if (failure == null) {
                read.replyTo().tell(reply);
            } else {
                read.refuse(WaveletRefusals.storeUnavailable(history.wavelet()));
            }
        });
    }

    private CompletionStage<DeltasReply> page(HashedVersion head, ReadDeltas read) {
        HashedVersion from = read.from();
        return history.ending(from).thenCompose(ending -> {
            if (ending.right()) {
                return history.read(from.version(), head.version(), pageBytes(read))
                        .thenApply(run -> DeltasReply.of(run.deltas(), head));
            }
            return CompletableFuture.completedFuture(DeltasReply.refused(wrong(from, ending.boundary())));
        });
    }

    private Refusal wrong(HashedVersion from, boolean boundary) {
        if (generations.wasReplacedAt(from.version())) {
            return WaveletRefusals.historyReplaced(history.wavelet(), from.version());
        }
        return boundary
                ? WaveletRefusals.hashMismatch(history.wavelet(), from.version())
                : WaveletRefusals.unknownVersion(history.wavelet(), from.version());
    }

    private long pageBytes(ReadDeltas read) {
        return Math.max(
                1, Math.min(read.maxBytes(), services.settings().reading().pageBytes()));
    }
}
