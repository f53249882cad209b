package io.wavegate.wavelet.authority;

import com.google.protobuf.ByteString;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.codec.AppliedDeltaCodec;
import io.wavegate.wavelet.codec.CodecLimits;
import io.wavegate.wavelet.codec.DeltaCodec;
import io.wavegate.wavelet.codec.SignedDeltaCodec;
import io.wavegate.wavelet.model.AppliedDelta;
import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.DocOpComponent;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.HistoryTail;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.ReceivedDelta;
import io.wavegate.wavelet.model.WaveletDelta;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.model.WaveletOperation;
import io.wavegate.wavelet.model.WaveletOperation.AddParticipant;
import io.wavegate.wavelet.model.WaveletOperation.MutateDocument;
import io.wavegate.wavelet.model.WaveletOperation.RemoveParticipant;
import io.wavegate.wavelet.state.WaveletState;
import java.util.List;

/** A host of one wavelet at a.test, for tests: everything but signatures, journal and time. */
public final class HostFixture {
    public static final WaveletName NAME = new WaveletName("a.test", "w+1", "a.test", "conv+root");
    public static final AuthorityLimits LIMITS = new AuthorityLimits(new CodecLimits(10_000, 10, 100), 5, 20, 1_000);

    public WaveletState state = WaveletState.empty(NAME);
    public HistoryTail tail = HistoryTail.startingAt(state.version());
    private long now = 1_000;

    /** A wavelet that alice@a.test created, with bob@b.test on it. */
    public static HostFixture withAliceAndBob() {
        HostFixture host = new HostFixture();
        host.applied("alice@a.test", host.state.version(), add("alice@a.test"), add("bob@b.test"));
        return host;
    }

    public HashedVersion head() {
        return state.version();
    }

    /** Submits and takes over what applies. */
    public AuthorityStep submit(String author, HashedVersion target, WaveletOperation... operations) {
        return submit(submission(author, target, operations));
    }

    public AuthorityStep submit(Submission submission) {
        AuthorityStep step = WaveletAuthority.submit(state, tail, submission, LIMITS, now++);
        if (step instanceof AuthorityStep.Applied applied) {
            state = applied.next();
            tail = tail.append(applied.delta());
        }
        return step;
    }

    /** Submits what must apply. */
    public AppliedDelta applied(String author, HashedVersion target, WaveletOperation... operations) {
        return ((AuthorityStep.Applied) submit(author, target, operations)).delta();
    }

    public static Submission submission(String author, HashedVersion target, WaveletOperation... operations) {
        ParticipantId participant = new ParticipantId(author);
        WaveletDelta delta = new WaveletDelta(target, participant, List.of(operations), List.of());
        ByteString payload = DeltaCodec.encode(delta);
        Origin origin =
                participant.domain().equals("a.test") ? Origin.Local.INSTANCE : new Origin.Remote(participant.domain());
        return new Submission(SignedDeltaCodec.of(payload, List.of()), delta, origin);
    }

    /** The history as a remote domain receives it. */
    public List<ReceivedDelta> sent() {
        return tail.deltas().stream().map(delta -> received(delta.bytes())).toList();
    }

    public static ReceivedDelta received(ByteString bytes) {
        return ((Answer.Ok<ReceivedDelta>) AppliedDeltaCodec.decode(bytes, CodecLimits.DEFAULTS)).value();
    }

    public static WaveletOperation add(String participant) {
        return new AddParticipant(new ParticipantId(participant));
    }

    public static WaveletOperation remove(String participant) {
        return new RemoveParticipant(new ParticipantId(participant));
    }

    public static WaveletOperation edit(String document, DocOpComponent... components) {
        return new MutateDocument(document, DocOp.of(components));
    }

    public static DocOpComponent text(String text) {
        return new DocOpComponent.Characters(text);
    }

    public static DocOpComponent keep(int items) {
        return new DocOpComponent.Retain(items);
    }
}
