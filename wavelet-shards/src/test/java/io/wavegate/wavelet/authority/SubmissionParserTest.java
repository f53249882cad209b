package io.wavegate.wavelet.authority;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.Refusal.Reason;
import io.wavegate.wavelet.codec.CodecLimits;
import io.wavegate.wavelet.codec.DeltaCodec;
import io.wavegate.wavelet.codec.SignedDeltaCodec;
import io.wavegate.wavelet.codec.proto.ProtocolHashedVersion;
import io.wavegate.wavelet.codec.proto.ProtocolWaveletDelta;
import io.wavegate.wavelet.codec.proto.ProtocolWaveletOperation;
import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.DocOpComponent;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletDelta;
import io.wavegate.wavelet.model.WaveletOperation;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubmissionParserTest {
    private static final CodecLimits LIMITS = new CodecLimits(2_000, 5, 20);

    @Test
    void bytesThatAreNoDeltaAreMalformed() {
        assertThat(reason(remote(ByteString.copyFromUtf8("garbage")))).isEqualTo(Reason.MALFORMED);
        assertThat(reason(SubmissionParser.remote("b.test", ByteString.copyFromUtf8("\n"), LIMITS)))
                .isEqualTo(Reason.MALFORMED);
    }

    @Test
    void remoteUsersMayNotCreate() {
        assertThat(reason(remote(delta(0, "bob@b.test", WaveletOperation.NoOp.INSTANCE))))
                .isEqualTo(Reason.MAY_NOT_CREATE);
    }

    @Test
    void aDeltaWithoutOperationsIsRefused() {
        assertThat(reason(remote(delta(1, "bob@b.test")))).isEqualTo(Reason.EMPTY_DELTA);
    }

    @Test
    void anOperationWithoutContentIsMalformed() {
        ByteString payload = ProtocolWaveletDelta.newBuilder()
                .setHashedVersion(
                        ProtocolHashedVersion.newBuilder().setVersion(1).setHistoryHash(ByteString.EMPTY))
                .setAuthor("bob@b.test")
                .addOperation(ProtocolWaveletOperation.getDefaultInstance())
                .build()
                .toByteString();

        assertThat(reason(remote(payload))).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void theAuthorMustBeAnAddressOfTheDomainThatSubmits() {
        assertThat(reason(remote(delta(1, "bob", WaveletOperation.NoOp.INSTANCE))))
                .isEqualTo(Reason.BAD_AUTHOR);
        assertThat(reason(remote(delta(1, "b@x@b.test", WaveletOperation.NoOp.INSTANCE))))
                .isEqualTo(Reason.BAD_AUTHOR);
        assertThat(reason(remote(delta(1, "alice@a.test", WaveletOperation.NoOp.INSTANCE))))
                .isEqualTo(Reason.BAD_AUTHOR);
        assertThat(remote(delta(1, "BOB@B.TEST", WaveletOperation.NoOp.INSTANCE)))
                .isInstanceOf(Answer.Ok.class);
    }

    @Test
    void anIllFormedOperationIsMalformed() {
        WaveletOperation closesNothing =
                new WaveletOperation.MutateDocument("b+1", DocOp.of(DocOpComponent.ElementEnd.INSTANCE));
        WaveletOperation negative = new WaveletOperation.MutateDocument("b+1", DocOp.of(new DocOpComponent.Retain(-5)));

        assertThat(reason(remote(delta(1, "bob@b.test", closesNothing)))).isEqualTo(Reason.MALFORMED);
        assertThat(reason(remote(delta(1, "bob@b.test", negative)))).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void everySizeHasItsLimit() {
        WaveletOperation[] operations =
                Collections.nCopies(6, WaveletOperation.NoOp.INSTANCE).toArray(WaveletOperation[]::new);
        WaveletOperation components = new WaveletOperation.MutateDocument(
                "b+1", new DocOp(Collections.nCopies(21, new DocOpComponent.Characters("x"))));
        WaveletOperation large =
                new WaveletOperation.MutateDocument("b+1", DocOp.of(new DocOpComponent.Characters("x".repeat(3_000))));

        assertThat(reason(remote(delta(1, "bob@b.test", operations)))).isEqualTo(Reason.TOO_LARGE);
        assertThat(reason(remote(delta(1, "bob@b.test", components)))).isEqualTo(Reason.TOO_LARGE);
        assertThat(reason(remote(delta(1, "bob@b.test", large)))).isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void localUsersSubmitForThemselvesAndMayCreate() {
        WaveletDelta delta = new WaveletDelta(
                new HashedVersion(0, ByteString.EMPTY),
                new ParticipantId("alice@a.test"),
                List.of(WaveletOperation.NoOp.INSTANCE),
                List.of());
        WaveletDelta delegated = new WaveletDelta(
                delta.target(), delta.author(), delta.operations(), List.of(new ParticipantId("group@a.test")));

        assertThat(SubmissionParser.payload("a.test", delta, LIMITS)).isInstanceOf(Answer.Ok.class);
        assertThat(SubmissionParser.payload("a.test", delegated, LIMITS)).isInstanceOf(Answer.No.class);
        assertThat(SubmissionParser.payload("b.test", delta, LIMITS)).isInstanceOf(Answer.No.class);
    }

    private static ByteString delta(long target, String author, WaveletOperation... operations) {
        return DeltaCodec.encode(new WaveletDelta(
                new HashedVersion(target, ByteString.EMPTY),
                new ParticipantId(author),
                List.of(operations),
                List.of()));
    }

    private static Answer<Submission> remote(ByteString payload) {
        return SubmissionParser.remote(
                "b.test", SignedDeltaCodec.of(payload, List.of()).bytes(), LIMITS);
    }

    private static Reason reason(Answer<Submission> answer) {
        return ((Answer.No<Submission>) answer).refusal().reason();
    }
}
