package io.wavegate.load.report;

import com.google.protobuf.ByteString;
import io.wavegate.node.devca.DevelopmentCa;
import io.wavegate.wavelet.api.Refusal.Reason;
import io.wavegate.wavelet.api.SubmitResult;
import io.wavegate.wavelet.codec.DeltaCodec;
import io.wavegate.wavelet.model.HashChain;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletDelta;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.model.WaveletOperation.AddParticipant;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/** What one domain notices when another floods the same host. */
final class Neighbours implements Measurement {
    /** As many as one peer may have under way by default. */
    private static final int FLOOD = 2_048;

    private static final int MOST_SAMPLES = 200_000;

    @Override
    public String key() {
        return "neighbours";
    }

    @Override
    public String title() {
        return "One domain's requests while another floods";
    }

    @Override
    public String about(Effort effort) {
        return "A domain submits one delta at a time to a host that decides it with all checks (parse, verify, ask the "
                + "wavelet) and refuses it, so that only processor time is spent. Without and with another domain that keeps "
                + FLOOD + " such requests under way. Both domains and the host share the processors of this process.";
    }

    @Override
    public Duration expected(Effort effort) {
        return Duration.ofSeconds(effort.seconds() * 4L + 10);
    }

    @Override
    public void measure(Effort effort, Findings findings) throws Exception {
        DevelopmentCa authority = BenchSigner.authority();
        try (BenchWavelets node = BenchWavelets.start("memory", true, BenchSigner.of("bench.example", authority))) {
            Domain good = new Domain(node, BenchSigner.of("good.example", authority));
            Domain evil = new Domain(node, BenchSigner.of("evil.example", authority));
            good.times(effort.seconds());
            report("alone", good.times(effort.seconds()), findings);
            AtomicBoolean over = new AtomicBoolean();
            CountDownLatch ended = new CountDownLatch(FLOOD);
            IntStream.range(0, FLOOD).forEach(one -> evil.again(over, ended));
            good.times(effort.seconds());
            report("beside a flood", good.times(effort.seconds()), findings);
            over.set(true);
            if (!ended.await(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("the flood does not end");
            }
        }
    }

    private static void report(String name, double[] micros, Findings findings) {
        Arrays.sort(micros);
        findings.add(Figure.of(name + ", median", micros[micros.length / 2], "us"));
        findings.add(Figure.of(name + ", 99 of 100 take less than", micros[(int) (micros.length * 0.99)], "us"));
    }

    /** One of the domains, with a wavelet of its own that it is not on, and so is told that there is none. */
    private static final class Domain {
        private final BenchWavelets node;
        private final String name;
        private final WaveletName wavelet;
        private final ByteString delta;

        Domain(BenchWavelets node, BenchSigner signer) throws IOException, GeneralSecurityException {
            this.node = node;
            this.name = signer.domain();
            this.wavelet = new WaveletName(node.domain(), "w+" + name, node.domain(), "conv+root");
            ParticipantId owner = new ParticipantId("owner@" + node.domain());
            SubmitResult created = await(node.wavelets().submit(wavelet, delta(HashChain.zero(wavelet), owner)));
            HashedVersion version = ((SubmitResult.Applied) created).version();
            await(node.wavelets().postSigner(name, signer.signer().info()));
            this.delta = signer.signer()
                    .sign(DeltaCodec.encode(delta(version, new ParticipantId("ada@" + name))))
                    .bytes();
        }

        private static WaveletDelta delta(HashedVersion version, ParticipantId author) {
            return new WaveletDelta(version, author, List.of(new AddParticipant(author)), List.of());
        }

        private CompletionStage<SubmitResult> submit() {
            return node.wavelets().submitFromRemote(name, wavelet, delta);
        }

        /** One after the other, for some seconds: how long each took. */
        double[] times(int seconds) {
            double[] micros = new double[MOST_SAMPLES];
            int count = 0;
            long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
            while (System.nanoTime() < end && count < MOST_SAMPLES) {
                long begun = System.nanoTime();
                SubmitResult result = await(submit());
                if (!(result instanceof SubmitResult.Refused refused)
                        || refused.refusal().reason() != Reason.NO_SUCH_WAVELET) {
                    throw new IllegalStateException(result.toString());
                }
                micros[count++] = (System.nanoTime() - begun) / 1e3;
            }
            return Arrays.copyOf(micros, count);
        }

        /** One more as soon as one is answered. */
        void again(AtomicBoolean over, CountDownLatch ended) {
            submit().whenCompleteAsync((result, failure) -> {
                if (over.get()) {
                    ended.countDown();
                } else {
                    again(over, ended);
                }
            });
        }

        private static <T> T await(CompletionStage<T> stage) {
            return stage.toCompletableFuture().join();
        }
    }
}
