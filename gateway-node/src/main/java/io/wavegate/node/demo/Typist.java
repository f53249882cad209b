package io.wavegate.node.demo;

import io.wavegate.node.client.ApiProblem;
import io.wavegate.node.client.LocalWavelet;
import io.wavegate.node.client.WaveletListener;
import io.wavegate.wavelet.document.Document;
import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletDelta;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/**
 * One person of a trace at his client: types each transaction as soon as what it was typed on top of has arrived, and
 * against exactly that.
 */
final class Typist implements WaveletListener {
    private static final Duration STALLED = Duration.ofSeconds(120);

    private final List<Trace.Transaction> transactions;
    private final List<Trace.Transaction> theirs;
    private final List<Integer> earlier;
    private final Set<Integer> cuts;
    private final Pace pace;
    private final SentLog own;
    private final SentLog others;
    private final Measures measures;
    private final Screen screen;
    private final List<DocOp> arriving = new ArrayList<>();
    private int sent;
    private int closed;
    private int arrivedDeltas;
    private int arrived;
    private volatile int typed;

    Typist(Trace trace, int person, Pace pace, SentLog own, SentLog others, Measures measures, Document start) {
        this.transactions = trace.of(person);
        this.theirs = trace.of(1 - person);
        this.earlier = trace.earlierOfOther(person);
        this.cuts = trace.cuts(person);
        this.pace = pace;
        this.own = own;
        this.others = others;
        this.measures = measures;
        this.screen = new Screen(start.length());
    }

    /** How many transactions have been typed so far. */
    int typed() {
        return typed;
    }

    /** Types everything. */
    void type(LocalWavelet wavelet) throws InterruptedException, TimeoutException {
        while (typed < transactions.size()) {
            wavelet.await(this::mayType, STALLED);
            typeNext(wavelet);
        }
        wavelet.awaitQuiet(STALLED);
    }

    /**
     * Whether there is a transaction left and all that it was typed on top of has arrived.
     *
     * <p>Where it inserts beside something that he erased in an earlier delta, what the other typed before it without
     * knowing of that has to have arrived too. For the host the places left and right of what is erased are one, and of
     * two concurrent insertions there the later one goes left (spec 10.4), whichever side of it they were typed on.
     */
    boolean mayType() {
        if (typed == transactions.size()) {
            return false;
        }
        Trace.Transaction transaction = transactions.get(typed);
        if (arrived < transaction.seen()) {
            return false;
        }
        screen.show(transaction.seen(), knownToCome());
        return arrived >= earlier.get(typed) || !screen.isBesideErased(transaction, DemoWave.TEXT_OFFSET, closed);
    }

    /** Types one transaction, which {@link #mayType()}, and if it only deletes those after it that may join it. */
    void typeNext(LocalWavelet wavelet) {
        wavelet.together(() -> {
            boolean more;
            do {
                Trace.Transaction transaction = transactions.get(typed);
                typeOne(wavelet, transaction);
                more = closed < typed
                        && transaction.patches().stream()
                                .allMatch(p -> p.inserted().isEmpty());
            } while (more && mayType());
        });
    }

    private void typeOne(LocalWavelet wavelet, Trace.Transaction transaction) {
        wavelet.edit(DemoWave.BLIP, document -> screen.type(transaction, typed + 1, DemoWave.TEXT_OFFSET, document));
        typed++;
        if (pace == Pace.ONE_BY_ONE || cuts.contains(typed)) {
            wavelet.seal();
            closed = typed;
        }
    }

    // How many of this person's transactions the other knew of in all of his that have not arrived yet.
    private int knownToCome() {
        return arrived < theirs.size() ? theirs.get(arrived).seen() : transactions.size();
    }

    @Override
    public void remoteEdit(String documentId, DocOp operation, ParticipantId author) {
        if (documentId.equals(DemoWave.BLIP)) {
            arriving.add(operation);
        }
    }

    @Override
    public void remoteDelta(ParticipantId author, HashedVersion version) {
        Measures.record(measures.visible, System.nanoTime() - others.sentAtNanos(arrivedDeltas));
        arrived = others.upTo(arrivedDeltas);
        arrivedDeltas++;
        screen.withhold(arriving, arrived);
        arriving.clear();
    }

    @Override
    public void submitting(WaveletDelta delta, int edits) {
        own.sent(edits, System.nanoTime());
        sent += edits;
        closed = Math.max(closed, sent);
    }

    @Override
    public void durable(HashedVersion version, long nanos) {
        Measures.record(measures.durable, nanos);
    }

    @Override
    public void refused(WaveletDelta delta, ApiProblem problem) {
        System.err.println("A delta was refused: " + problem.detail());
    }
}
