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
    private final Set<Integer> cuts;
    private final SentLog own;
    private final SentLog others;
    private final Measures measures;
    private final Screen screen;
    private final List<DocOp> arriving = new ArrayList<>();
    private int arrivedDeltas;
    private int arrived;
    private volatile int typed;

    Typist(Trace trace, int person, SentLog own, SentLog others, Measures measures, Document start) {
        this.transactions = trace.of(person);
        this.cuts = trace.cuts(person);
        this.own = own;
        this.others = others;
        this.measures = measures;
        this.screen = new Screen(start);
    }

    /** How many transactions have been typed so far. */
    int typed() {
        return typed;
    }

    /** Types everything. */
    void type(LocalWavelet wavelet) throws InterruptedException, TimeoutException {
        for (Trace.Transaction transaction : transactions) {
            wavelet.await(() -> arrived >= transaction.seen(), STALLED);
            synchronized (wavelet) {
                wavelet.edit(DemoWave.BLIP, document -> {
                    screen.show(transaction.seen());
                    return screen.type(transaction, DemoWave.TEXT_OFFSET);
                });
                typed++;
                if (cuts.contains(typed)) {
                    wavelet.seal();
                }
            }
        }
        wavelet.awaitQuiet(STALLED);
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
