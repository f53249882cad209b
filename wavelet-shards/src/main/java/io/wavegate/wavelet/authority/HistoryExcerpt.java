package io.wavegate.wavelet.authority;

import com.google.protobuf.ByteString;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.History;
import io.wavegate.wavelet.api.Refusal;
import io.wavegate.wavelet.api.Refusal.Reason;
import io.wavegate.wavelet.model.AppliedDelta;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.HistoryTail;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Answers what remote domains ask of a wavelet's history (spec sections 3.5, 3.6 and 7.5), as far as a tail reaches. */
public final class HistoryExcerpt {
    private HistoryExcerpt() {}

    /**
     * The deltas between two boundaries. Where the reference falls silent (an empty or reversed range), it is refused.
     *
     * @param tail history up to the durable head
     * @param start inclusive; not before the tail
     * @param end exclusive
     * @param maxBytes the delta that reaches it is still given, so at least one is
     */
    public static Answer<History> between(HistoryTail tail, HashedVersion start, HashedVersion end, long maxBytes) {
        if (start.version() >= end.version()) {
            return refused(
                    Reason.MALFORMED, "the range from " + start.version() + " to " + end.version() + " is empty");
        }
        for (HashedVersion version : List.of(start, end)) {
            Optional<HashedVersion> boundary = tail.boundary(version.version());
            if (boundary.isEmpty()) {
                return refused(
                        Reason.UNKNOWN_VERSION, "version " + version.version() + " is no boundary of the history");
            } else if (!boundary.get().equals(version)) {
                return refused(Reason.HASH_MISMATCH, "version " + version.version() + " has another history hash here");
            }
        }
        List<ByteString> deltas = new ArrayList<>();
        long bytes = 0;
        HashedVersion reached = start;
        for (AppliedDelta delta : tail.since(start.version())) {
            if (reached.equals(end) || (!deltas.isEmpty() && bytes >= maxBytes)) {
                break;
            }
            deltas.add(delta.bytes());
            bytes += delta.bytes().size();
            reached = delta.result();
        }
        return new Answer.Ok<>(new History(deltas, OptionalLong.of(tail.head().version()), !reached.equals(end)));
    }

    /** The delta that ends exactly here and bears a signature with this signer id, if there is one in the tail. */
    public static Optional<AppliedDelta> signedBy(HistoryTail tail, HashedVersion end, ByteString signerId) {
        return tail.endingAt(end.version())
                .filter(delta -> delta.result().equals(end) && delta.signerIds().contains(signerId));
    }

    private static <T> Answer<T> refused(Reason reason, String text) {
        return new Answer.No<>(new Refusal(reason, text));
    }
}
