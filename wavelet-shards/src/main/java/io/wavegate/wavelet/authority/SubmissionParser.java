package io.wavegate.wavelet.authority;

import com.google.protobuf.ByteString;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.Refusal;
import io.wavegate.wavelet.api.Refusal.Reason;
import io.wavegate.wavelet.codec.CodecLimits;
import io.wavegate.wavelet.codec.DeltaCodec;
import io.wavegate.wavelet.codec.SignedDeltaCodec;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.SignedDelta;
import io.wavegate.wavelet.model.WaveletDelta;
import java.util.Optional;

/**
 * Makes submissions of what is handed in: the checks that need neither the wavelet nor certificates (spec 7.1 steps 2, 3,
 * 5 and 6). What makes the reference fall silent (spec 9.4) is answered here.
 */
public final class SubmissionParser {
    private SubmissionParser() {}

    /**
     * A signed delta from a remote domain.
     *
     * @param remoteDomain as its stream authenticated it; must be the author's domain
     */
    public static Answer<Submission> remote(String remoteDomain, ByteString signedDelta, CodecLimits limits) {
        Answer<SignedDelta> read = SignedDeltaCodec.decode(signedDelta, limits);
        if (read instanceof Answer.No<SignedDelta> no) {
            return new Answer.No<>(no.refusal());
        }
        SignedDelta signed = ((Answer.Ok<SignedDelta>) read).value();
        Answer<WaveletDelta> payload = DeltaCodec.decode(signed.payload(), limits);
        if (payload instanceof Answer.No<WaveletDelta> no) {
            return new Answer.No<>(no.refusal());
        }
        WaveletDelta delta = ((Answer.Ok<WaveletDelta>) payload).value();
        if (delta.target().version() == 0) {
            return refused(Reason.MAY_NOT_CREATE, "a delta at version 0 creates a wavelet: only our own users may");
        }
        return checked(signed, delta, new Origin.Remote(remoteDomain), remoteDomain);
    }

    /**
     * Whether a local user's delta is worth signing: the same checks on a delta that is not yet bytes.
     *
     * @param localDomain ours; must be the author's domain
     * @return its payload, to be signed and handed to {@link #local}
     */
    public static Answer<ByteString> payload(String localDomain, WaveletDelta delta, CodecLimits limits) {
        if (!delta.addressPath().isEmpty()) {
            return refused(Reason.MALFORMED, "the delta has an address path: our users submit for themselves");
        }
        Optional<Refusal> refusal = refusal(delta, localDomain);
        if (refusal.isPresent()) {
            return new Answer.No<>(refusal.get());
        }
        ByteString payload = DeltaCodec.encode(delta);
        // Reading back applies the limits, and shows what everybody else will read.
        Answer<WaveletDelta> readBack = DeltaCodec.decode(payload, limits);
        return readBack instanceof Answer.No<WaveletDelta> no
                ? new Answer.No<>(no.refusal())
                : new Answer.Ok<>(payload);
    }

    /** A local user's delta, signed by us; its payload is of {@link #payload}. */
    public static Answer<Submission> local(String localDomain, SignedDelta signed, CodecLimits limits) {
        Answer<WaveletDelta> payload = DeltaCodec.decode(signed.payload(), limits);
        return payload instanceof Answer.No<WaveletDelta> no
                ? new Answer.No<>(no.refusal())
                : checked(signed, ((Answer.Ok<WaveletDelta>) payload).value(), Origin.Local.INSTANCE, localDomain);
    }

    private static Answer<Submission> checked(SignedDelta signed, WaveletDelta delta, Origin origin, String domain) {
        Optional<Refusal> refusal = refusal(delta, domain);
        return refusal.isPresent()
                ? new Answer.No<>(refusal.get())
                : new Answer.Ok<>(new Submission(signed, delta, origin));
    }

    private static Optional<Refusal> refusal(WaveletDelta delta, String domain) {
        ParticipantId author = delta.author();
        if (delta.operations().isEmpty()) {
            return Optional.of(new Refusal(Reason.EMPTY_DELTA, "the delta has no operations"));
        } else if (delta.target().version() < 0) {
            return Optional.of(new Refusal(Reason.MALFORMED, "the target version is negative"));
        } else if (!author.isWellFormed()) {
            return Optional.of(new Refusal(Reason.BAD_AUTHOR, "the author \"" + author + "\" is no name@domain"));
        } else if (!author.domain().equals(domain)) {
            return Optional.of(new Refusal(
                    Reason.BAD_AUTHOR,
                    "the author " + author + " is not of " + domain + ": each domain submits for its own users"));
        }
        return OperationChecks.illFormed(delta.operations()).map(text -> new Refusal(Reason.MALFORMED, text));
    }

    private static <T> Answer<T> refused(Reason reason, String text) {
        return new Answer.No<>(new Refusal(reason, text));
    }
}
