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
import java.util.List;
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
    public Section measure(Effort effort) throws Exception {
        BenchSigner bench = BenchSigner.of("bench.example");
        TypedWavelet wavelet = new TypedWavelet();
        wavelet.type(0, "x".repeat(1_000));
        ByteString payload = DeltaCodec.encode(
                wavelet.insertion(wavelet.version(), 500, wavelet.length(), "y").delta());
        ByteString signed = bench.signer().sign(payload).bytes();
        TrustedSigner trusted = bench.trusted();
        DeltaVerifier.Signers signers = id -> Optional.of(new Answer.Ok<>(trusted));
        long now = System.currentTimeMillis();
        return new Section(
                "Signing and verifying",
                "RSA-2048 on deltas of one inserted character. \"remote submit\" is everything a host does with one but "
                        + "the disk: parse, verify, decide, extend the hash chain.",
                List.of(
                        Stopwatch.repeat("sign, one thread", "deltas/s", effort.seconds(), () -> {
                            bench.signer().sign(payload);
                            return 1;
                        }),
                        Stopwatch.repeat("sign, all processors", "deltas/s", effort.seconds(), () -> {
                            IntStream.range(0, BATCH).parallel().forEach(i -> bench.signer()
                                    .sign(payload));
                            return BATCH;
                        }),
                        Stopwatch.repeat("remote submit, one thread", "deltas/s", effort.seconds(), () -> {
                            decide(wavelet, signed, signers, now);
                            return 1;
                        }),
                        Stopwatch.repeat("remote submit, all processors", "deltas/s", effort.seconds(), () -> {
                            IntStream.range(0, BATCH).parallel().forEach(i -> decide(wavelet, signed, signers, now));
                            return BATCH;
                        })),
                List.of());
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
