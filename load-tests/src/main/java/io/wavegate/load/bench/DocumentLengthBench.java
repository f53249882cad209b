package io.wavegate.load.bench;

import io.wavegate.wavelet.authority.AuthorityStep;
import io.wavegate.wavelet.authority.Submission;
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

/** The authority's whole decision on one single-character insertion at the head, against the document's length. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class DocumentLengthBench {
    private static final int CHUNK = 250;

    /** UTF-16 code units. */
    @Param({"1000", "10000", "100000", "1000000"})
    private int length;

    private TypedWavelet wavelet = new TypedWavelet();
    private Submission[] submissions = new Submission[0];
    private int next;

    @Setup
    public void fill() {
        wavelet = new TypedWavelet();
        Random random = new Random(7);
        String chunk = "x".repeat(CHUNK);
        while (wavelet.length() < length) {
            // In random places, so that the tree has as many runs as a document that people have worked on.
            wavelet.type(random.nextInt(wavelet.length() + 1), chunk);
        }
        submissions = new Submission[1_024];
        for (int i = 0; i < submissions.length; i++) {
            submissions[i] =
                    wavelet.insertion(wavelet.version(), random.nextInt(wavelet.length()), wavelet.length(), "y");
        }
    }

    @Benchmark
    public AuthorityStep insertOneCharacter() {
        next = (next + 1) & (submissions.length - 1);
        return wavelet.decide(submissions[next]);
    }
}
