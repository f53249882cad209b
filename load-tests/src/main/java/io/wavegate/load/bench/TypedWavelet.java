package io.wavegate.load.bench;

import com.google.protobuf.ByteString;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.authority.AuthorityLimits;
import io.wavegate.wavelet.authority.AuthorityStep;
import io.wavegate.wavelet.authority.Submission;
import io.wavegate.wavelet.authority.SubmissionParser;
import io.wavegate.wavelet.authority.WaveletAuthority;
import io.wavegate.wavelet.codec.DeltaCodec;
import io.wavegate.wavelet.codec.SignedDeltaCodec;
import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.DocOpComponent;
import io.wavegate.wavelet.model.DocOpComponent.Characters;
import io.wavegate.wavelet.model.DocOpComponent.Retain;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.HistoryTail;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.SignedDelta;
import io.wavegate.wavelet.model.WaveletDelta;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.model.WaveletOperation;
import io.wavegate.wavelet.model.WaveletOperation.AddParticipant;
import io.wavegate.wavelet.model.WaveletOperation.MutateDocument;
import io.wavegate.wavelet.state.WaveletState;
import java.util.ArrayList;
import java.util.List;

/**
 * One wavelet with one document of text, driven through the authority in memory, on one thread, without signing: what
 * the reference's unsigned figures measure too.
 */
public final class TypedWavelet {
    /** Who types. */
    public static final ParticipantId AUTHOR = new ParticipantId("ada@bench.example");

    private static final String DOMAIN = "bench.example";
    private static final String DOCUMENT = "b+1";
    private static final int TAIL_DELTAS = 1_024;
    private static final long TAIL_BYTES = 16L << 20;
    private static final ByteString NO_SIGNATURE = ByteString.copyFrom(new byte[256]);
    private static final ByteString NO_SIGNER = ByteString.copyFrom(new byte[32]);

    private WaveletState state;
    private HistoryTail tail;
    private int length;
    private long now = 1_700_000_000_000L;

    /** A wavelet with its creator on it and no text. */
    public TypedWavelet() {
        state = WaveletState.empty(new WaveletName(DOMAIN, "w+bench", DOMAIN, "conv+root"));
        tail = HistoryTail.startingAt(state.version());
        apply(submission(state.version(), new AddParticipant(AUTHOR)));
    }

    /** The head. */
    public HashedVersion version() {
        return state.version();
    }

    /** The document's length in UTF-16 code units. */
    public int length() {
        return length;
    }

    /** The boundary {@code deltas} deltas before the head. */
    public HashedVersion versionBefore(int deltas) {
        return deltas == 0
                ? version()
                : tail.deltas().get(tail.deltas().size() - deltas).appliedAt();
    }

    /** Types text at a position, as one delta at the head. */
    public void type(int position, String text) {
        apply(insertion(version(), position, length, text));
        length += text.length();
    }

    /** Applies an operation on the document at the head and says by how much it changes the length. */
    public void edit(DocOp operation, int lengthChange) {
        apply(submission(version(), new MutateDocument(DOCUMENT, operation)));
        length += lengthChange;
    }

    /** An insertion against some version, at which the document had {@code lengthThen} code units. */
    public Submission insertion(HashedVersion target, int position, int lengthThen, String text) {
        List<DocOpComponent> components = new ArrayList<>(3);
        if (position > 0) {
            components.add(new Retain(position));
        }
        components.add(new Characters(text));
        if (lengthThen > position) {
            components.add(new Retain(lengthThen - position));
        }
        return submission(target, new MutateDocument(DOCUMENT, new DocOp(components)));
    }

    /** What the authority decides; changes nothing. */
    public AuthorityStep decide(Submission submission) {
        return WaveletAuthority.submit(state, tail, submission, AuthorityLimits.DEFAULTS, now);
    }

    private static Submission submission(HashedVersion target, WaveletOperation operation) {
        WaveletDelta delta = new WaveletDelta(target, AUTHOR, List.of(operation), List.of());
        SignedDelta signed = SignedDeltaCodec.of(
                DeltaCodec.encode(delta), List.of(new SignedDelta.Signature(NO_SIGNATURE, NO_SIGNER)));
        Answer<Submission> parsed = SubmissionParser.local(DOMAIN, signed, AuthorityLimits.DEFAULTS.delta());
        if (parsed instanceof Answer.Ok<Submission> ok) {
            return ok.value();
        }
        throw new IllegalStateException(parsed.toString());
    }

    private void apply(Submission submission) {
        now++;
        if (!(decide(submission) instanceof AuthorityStep.Applied applied)) {
            throw new IllegalStateException("refused: " + decide(submission));
        }
        state = applied.next();
        tail = tail.append(applied.delta());
        if (tail.deltas().size() > 2 * TAIL_DELTAS) {
            tail = tail.trim(TAIL_DELTAS, TAIL_BYTES);
        }
    }
}
