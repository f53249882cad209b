package io.wavegate.load.report;

import com.google.protobuf.ByteString;
import io.wavegate.load.bench.TypedWavelet;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.authority.AuthorityLimits;
import io.wavegate.wavelet.authority.Submission;
import io.wavegate.wavelet.authority.SubmissionParser;
import io.wavegate.wavelet.codec.DeltaCodec;
import io.wavegate.wavelet.trust.DeltaVerdict;
import io.wavegate.wavelet.trust.DeltaVerifier;
import io.wavegate.wavelet.trust.TrustedSigner;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;

/** How fast deltas are signed and verified, and submits decided with all checks. */
final class Signatures implements Measurement {
    private static final int BATCH = 64;

    @Override
    public String key() {
        return "signatures";
    }

    @Override
    public String title() {
        return "Signing and verifying";
    }

    @Override
    public String about(Effort effort) {
        return "RSA-2048 on deltas of one inserted character. \"remote submit\" is everything a host does with one but "
                + "the disk: parse, verify, decide, extend the hash chain.";
    }

    @Override
    public Duration expected(Effort effort) {
        return Duration.ofSeconds(effort.seconds() * 8L + 2);
    }

    @Override
    public void measure(Effort effort, Findings findings) throws Exception {
        BenchSigner bench = BenchSigner.of("bench.example");
        TypedWavelet wavelet = new TypedWavelet();
        wavelet.type(0, "x".repeat(1_000));
        ByteString payload = DeltaCodec.encode(
                wavelet.insertion(wavelet.version(), 500, wavelet.length(), "y").delta());
        ByteString signed = bench.signer().sign(payload).bytes();
        TrustedSigner trusted = bench.trusted();
        DeltaVerifier.Signers signers = id -> Optional.of(new Answer.Ok<>(trusted));
        long now = System.currentTimeMillis();
        rates("sign", effort, findings, () -> bench.signer().sign(payload));
        rates("remote submit", effort, findings, () -> decide(wavelet, signed, signers, now));
    }

    private static void rates(String name, Effort effort, Findings findings, Runnable work) {
        findings.add(Stopwatch.repeat(name + ", one thread", "deltas/s", effort.seconds(), () -> {
            work.run();
            return 1;
        }));
        findings.add(Stopwatch.repeat(name + ", all processors", "deltas/s", effort.seconds(), () -> {
            IntStream.range(0, BATCH).parallel().forEach(i -> work.run());
            return BATCH;
        }));
    }

    private static void decide(TypedWavelet wavelet, ByteString signed, DeltaVerifier.Signers signers, long now) {
        Answer<Submission> parsed = SubmissionParser.remote("bench.example", signed, AuthorityLimits.DEFAULTS.delta());
        Submission submission = ((Answer.Ok<Submission>) parsed).value();
        DeltaVerdict verdict = DeltaVerifier.verify(submission.signed(), submission.delta(), signers, now);
        if (!(verdict instanceof DeltaVerdict.Verified)) {
            throw new IllegalStateException(verdict.toString());
        }
        wavelet.decide(submission);
    }
}
