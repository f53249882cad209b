package io.wavegate.load.bench;

import io.wavegate.wavelet.authority.AuthorityStep;
import io.wavegate.wavelet.authority.Submission;
import io.wavegate.wavelet.model.HashedVersion;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The authority's whole decision on one insertion that comes so many deltas late, into a document of 10,000. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class LatenessBench {
    private static final int LENGTH = 10_000;

    /** Deltas between the target and the head. */
    @Param({"0", "10", "100", "1000"})
    private int late;

    private TypedWavelet wavelet = new TypedWavelet();
    private Submission[] submissions = new Submission[0];
    private int next;

    @Setup
    public void fill() {
        wavelet = new TypedWavelet();
        Random random = new Random(11);
        wavelet.type(0, "x".repeat(LENGTH));
        for (int i = 0; i < late; i++) {
            wavelet.type(random.nextInt(wavelet.length()), "s");
        }
        HashedVersion target = wavelet.versionBefore(late);
        submissions = new Submission[256];
        for (int i = 0; i < submissions.length; i++) {
            submissions[i] = wavelet.insertion(target, random.nextInt(LENGTH), LENGTH, "c" + i);
        }
    }

    @Benchmark
    public AuthorityStep insertLate() {
        next = (next + 1) & (submissions.length - 1);
        return wavelet.decide(submissions[next]);
    }
}
