package io.wavegate.wavelet.entity;

import io.wavegate.persistence.memory.InMemoryJournal;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.SubmitResult;
import io.wavegate.wavelet.authority.Submission;
import io.wavegate.wavelet.authority.SubmissionParser;
import io.wavegate.wavelet.codec.CodecLimits;
import io.wavegate.wavelet.codec.DeltaCodec;
import io.wavegate.wavelet.codec.SignedDeltaCodec;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.WaveletName;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/** Measures deltas a second into one wavelet, unsigned, in memory: run by hand. */
final class SubmitRate {
    private SubmitRate() {}

    public static void main(String[] arguments) throws InterruptedException {
        int inFlight = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 256;
        try (WaveletNode node = new WaveletNode(TestDomains.A, new InMemoryJournal(), () -> {
            throw new AssertionError("nobody remote");
        })) {
            for (int round = 0; round < 6; round++) {
                round(((ShardedWavelets) node.wavelets()), TestWavelet.name("rate" + round), inFlight, 100_000);
            }
        }
    }

    private static void round(ShardedWavelets wavelets, WaveletName name, int inFlight, int deltas)
            throws InterruptedException {
        AtomicReference<HashedVersion> head = new AtomicReference<>(
                TestWavelet.applied(wavelets.submit(name, TestWavelet.creation(name, TestWavelet.ALICE))));
        Semaphore window = new Semaphore(inFlight);
        long begin = System.nanoTime();
        for (int i = 0; i < deltas; i++) {
            window.acquire();
            Submission submission =
                    unsigned(TestWavelet.delta(head.get(), TestWavelet.ALICE, TestWavelet.write("b+" + i, "x")));
            wavelets.localSubmits().toHost(name, submission).whenComplete((result, failure) -> {
                if (result instanceof SubmitResult.Applied applied) {
                    head.accumulateAndGet(applied.version(), (a, b) -> a.version() > b.version() ? a : b);
                }
                window.release();
            });
        }
        window.acquire(inFlight);
        double seconds = (System.nanoTime() - begin) / 1e9;
        System.out.printf(
                "%d submits, %d in flight: %.0f a second; head %d%n",
                deltas, inFlight, deltas / seconds, head.get().version());
    }

    private static Submission unsigned(io.wavegate.wavelet.model.WaveletDelta delta) {
        var signed = SignedDeltaCodec.of(DeltaCodec.encode(delta), List.of());
        Answer<Submission> parsed = SubmissionParser.local("a.test", signed, CodecLimits.DEFAULTS);
        return ((Answer.Ok<Submission>) parsed).value();
    }
}
