package io.wavegate.s2s.wave;

import com.google.protobuf.ByteString;
import io.wavegate.s2s.stanza.Addresses;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.authority.AuthorityLimits;
import io.wavegate.wavelet.authority.AuthorityStep;
import io.wavegate.wavelet.authority.Recipients;
import io.wavegate.wavelet.authority.Submission;
import io.wavegate.wavelet.authority.SubmissionParser;
import io.wavegate.wavelet.authority.WaveletAuthority;
import io.wavegate.wavelet.codec.CodecLimits;
import io.wavegate.wavelet.codec.DeltaCodec;
import io.wavegate.wavelet.codec.SignedDeltaCodec;
import io.wavegate.wavelet.model.AppliedDelta;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.HistoryTail;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.SignedDelta;
import io.wavegate.wavelet.model.WaveletDelta;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.model.WaveletOperation;
import io.wavegate.wavelet.state.WaveletState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The reference as a host. What deltas become is computed by our core, which the recorded sessions prove equal to its own. */
final class ReferenceHost {
    private final ReferencePeer peer;
    private final Map<WaveletName, Hosted> wavelets =
            new TreeMap<>((a, b) -> a.toUri().compareTo(b.toUri()));
    private int toLose;
    private int toGarble;
    private boolean gathering;
    private final List<String> gathered = new ArrayList<>();

    private record Hosted(WaveletState state, HistoryTail tail) {}

    ReferenceHost(ReferencePeer peer) {
        this.peer = peer;
    }

    /** The next so many updates get lost on the way; like all of them, they are not repeated. */
    void loseNext(int updates) {
        toLose = updates;
    }

    /** The next so many answers about history have versions that nobody could mean. */
    void garbleNext(int histories) {
        toGarble = histories;
    }

    /** From now on what is to be told is kept back. */
    void gather() {
        gathering = true;
    }

    /** All that was kept back, in one message, each in an item of its own. */
    void tellGathered(String domain) {
        gathering = false;
        var unused = peer.tell(domain, List.copyOf(gathered));
        gathered.clear();
    }

    HashedVersion head(WaveletName wavelet) {
        return hosted(wavelet).state().version();
    }

    List<ByteString> history(WaveletName wavelet) {
        return hosted(wavelet).tail().deltas().stream().map(AppliedDelta::bytes).toList();
    }

    private Hosted hosted(WaveletName wavelet) {
        return wavelets.computeIfAbsent(wavelet, name -> {
            WaveletState empty = WaveletState.empty(name);
            return new Hosted(empty, HistoryTail.startingAt(empty.version()));
        });
    }

    /** A delta of one of its own users, at the head. */
    HashedVersion write(WaveletName wavelet, ParticipantId author, WaveletOperation... operations) {
        synchronized (peer) {
            WaveletDelta delta = new WaveletDelta(head(wavelet), author, List.of(operations), List.of());
            SignedDelta signed = peer.signer().sign(DeltaCodec.encode(delta));
            Answer<Submission> submission = SubmissionParser.local(peer.domain(), signed, CodecLimits.DEFAULTS);
            AuthorityStep step = apply(wavelet, ((Answer.Ok<Submission>) submission).value());
            return ((AuthorityStep.Applied) step).delta().result();
        }
    }

    private AuthorityStep apply(WaveletName wavelet, Submission submission) {
        Hosted before = hosted(wavelet);
        AuthorityStep step = WaveletAuthority.submit(
                before.state(), before.tail(), submission, AuthorityLimits.DEFAULTS, System.currentTimeMillis());
        if (step instanceof AuthorityStep.Applied applied) {
            wavelets.put(wavelet, new Hosted(applied.next(), before.tail().append(applied.delta())));
            Recipients.of(applied.delta(), applied.next().participants(), Set.of(peer.domain()))
                    .forEach(domain -> tell(domain, wavelet, applied.delta()));
        }
        return step;
    }

    // The delta, and when it is stored, the commit notice: two messages, in any order (spec 3.1).
    private void tell(String domain, WaveletName wavelet, AppliedDelta delta) {
        String update = ReferenceStanzas.waveletUpdate(wavelet, ReferenceStanzas.delta(delta.bytes()));
        String commit = ReferenceStanzas.waveletUpdate(wavelet, ReferenceStanzas.commit(delta.result()));
        if (gathering) {
            gathered.add(update);
            gathered.add(commit);
        } else if (toLose > 0) {
            toLose--;
        } else {
            var first = peer.tell(domain, List.of(update));
            var second = peer.tell(domain, List.of(commit));
        }
    }

    void submitted(XmlElement delta, Addresses back) {
        WaveletName wavelet = ReferencePeer.wavelet(delta);
        Answer<SignedDelta> read = SignedDeltaCodec.decode(Captured.bytes(delta), CodecLimits.DEFAULTS);
        SignedDelta signed = ((Answer.Ok<SignedDelta>) read).value();
        if (!signed.signatures().stream().allMatch(signature -> peer.knows(signature.signerId()))) {
            peer.send(ReferenceStanzas.error("iq", back, "internal-server-error", "wait", 500, "Unknown signer"));
            return;
        }
        WaveletDelta payload =
                ((Answer.Ok<WaveletDelta>) DeltaCodec.decode(signed.payload(), CodecLimits.DEFAULTS)).value();
        Answer<Submission> submission =
                SubmissionParser.remote(payload.author().domain(), signed.bytes(), CodecLimits.DEFAULTS);
        AuthorityStep step = apply(wavelet, ((Answer.Ok<Submission>) submission).value());
        if (step instanceof AuthorityStep.Applied applied) {
            answer(
                    back,
                    applied.result().version(),
                    applied.result().operationsApplied(),
                    applied.result().timestampMillis());
        } else if (step instanceof AuthorityStep.Duplicate duplicate) {
            answer(
                    back,
                    duplicate.first().version(),
                    duplicate.first().operationsApplied(),
                    duplicate.first().timestampMillis());
        } else {
            peer.badRequest("iq", back, step.toString());
        }
    }

    private void answer(Addresses back, HashedVersion version, int operations, long timestamp) {
        peer.send(ReferenceStanzas.iq("result", back, ReferenceStanzas.submitted(version, operations, timestamp)));
    }

    void history(XmlElement asked, Addresses back) {
        HistoryTail tail = hosted(ReferencePeer.wavelet(asked)).tail();
        HashedVersion start = ReferencePeer.version(asked, "start-version", "start-version-hash");
        HashedVersion end = ReferencePeer.version(asked, "end-version", "end-version-hash");
        boolean known = tail.boundary(start.version()).equals(Optional.of(start))
                && tail.boundary(end.version()).equals(Optional.of(end));
        if (!known) {
            peer.badRequest("iq", back, "no such versions");
            return;
        }
        long limit =
                asked.attribute("response-length-limit").map(Long::parseLong).orElse(0L);
        List<ByteString> deltas = new ArrayList<>();
        long bytes = 0;
        for (AppliedDelta delta : tail.since(start.version())) {
            if (delta.result().version() <= end.version() && (deltas.isEmpty() || bytes < limit)) {
                deltas.add(delta.bytes());
                bytes += delta.bytes().size();
            }
        }
        String said = toGarble-- > 0 ? Long.toString(Long.MAX_VALUE) : Long.toString(end.version());
        peer.send(ReferenceStanzas.iq("result", back, ReferenceStanzas.historyAnswer(deltas, said)));
    }

    void signer(XmlElement asked, Addresses back) {
        HashedVersion end = ReferencePeer.version(asked, "version", "history-hash");
        boolean known = hosted(ReferencePeer.wavelet(asked)).tail().endingAt(end.version()).stream()
                .anyMatch(delta -> delta.signerIds().contains(peer.signer().id()));
        if (known) {
            peer.send(ReferenceStanzas.iq(
                    "result", back, ReferenceStanzas.signerAnswer(peer.signer().info())));
        } else {
            peer.badRequest("iq", back, "no such signer");
        }
    }
}
