package io.wavegate.wavelet.entity;

import com.google.protobuf.ByteString;
import io.wavegate.persistence.journal.SetChange;
import io.wavegate.wavelet.entity.WaveletCommand.Internal;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ReceivedDelta;
import io.wavegate.wavelet.replica.Divergence;
import io.wavegate.wavelet.replica.Evidence;
import io.wavegate.wavelet.replica.ReplicaState;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a replica keeps durably beside its history: that it is behind and how far its host has told of, so that it goes on
 * when the host returns or the node starts again; and the latest evidence of a contradiction.
 */
final class ReplicaMark {
    private static final String HEARD_OF = "host-has";
    private static final String EVIDENCE = "contradiction";

    private final EntityParts parts;
    private final Optional<HashedVersion> stored;
    private boolean marked;
    private boolean failed;

    ReplicaMark(EntityParts parts, LoadedWavelet loaded) {
        this.parts = parts;
        this.stored = read(loaded.hints());
    }

    /** The mark led here: it exists. */
    void found() {
        marked = true;
        failed = false;
    }

    /** Up to where the host had told of when the replica fell behind, if that is later than what it has. */
    Optional<HashedVersion> lastHeardOf() {
        return stored;
    }

    /** Begins to set or take away the mark if it should be; false if it is as it should be. */
    boolean keep(ReplicaState state, Optional<String> localDomain) {
        boolean stuck = state.isBehind() && !state.isAsking();
        boolean caughtUp = !state.isBehind();
        boolean toDo = marked ? caughtUp : stuck;
        if (failed || !toDo) {
            return false;
        }
        String remote = parts.wavelet().waveletDomain();
        String uri = parts.wavelet().toUri();
        if (stuck) {
            String local = localDomain.orElseGet(
                    () -> LocalParticipation.any(parts.services().localDomains()));
            // A hint saves work only: without it the next update tells.
            parts.history().putHint(HEARD_OF, write(heardOf(state)));
            List<SetChange> add = List.of(SetChange.add(SetNames.behind(local, remote), uri));
            parts.context()
                    .pipeToSelf(parts.history().changeSets(add), (done, failure) -> new Kept(true, failure == null));
        } else {
            List<SetChange> remove = parts.services().localDomains().stream()
                    .map(local -> SetChange.remove(SetNames.behind(local, remote), uri))
                    .toList();
            parts.context()
                    .pipeToSelf(
                            parts.history().changeSets(remove), (done, failure) -> new Kept(false, failure == null));
        }
        return true;
    }

    void kept(Kept kept) {
        if (kept.done()) {
            marked = kept.marked();
        }
        // Not again and again while the store does not answer.
        failed = !kept.done();
    }

    /** Keeps beside another history of the wavelet up to where the host has told of. */
    static void carryOver(ReplicaState state, WaveletHistory to) {
        to.putHint(HEARD_OF, write(heardOf(state)));
    }

    void quarantined(Evidence evidence) {
        ByteString offered = evidence.offered().bytes();
        parts.context()
                .getLog()
                .error(
                        "What {} tells of wavelet {} contradicts our copy at version {}: {}. Our copy stays as it was and"
                                + " is served; the host is asked again. The first delta that fits ends this, and if the"
                                + " host turns out to have another history by now, our copy follows it, which is told"
                                + " here. If neither happens, compare both with the operator of the host; the delta"
                                + " offered has {} bytes and is kept beside the wavelet as \"{}\".",
                        parts.wavelet().waveletDomain(),
                        parts.wavelet(),
                        evidence.ours().version(),
                        evidence.text(),
                        offered.size(),
                        EVIDENCE);
        parts.history().putHint(EVIDENCE, offered);
    }

    // The latest; without one, what does not fit ours.
    private static HashedVersion heardOf(ReplicaState state) {
        Optional<HashedVersion> waiting = state.pending().values().stream()
                .map(ReceivedDelta::claimedResult)
                .reduce((earlier, later) -> later);
        return state.hostHas()
                .filter(at -> waiting.isEmpty() || at.version() > waiting.get().version())
                .or(() -> waiting)
                .or(() -> state.divergence().map(Divergence::to))
                .orElse(state.wavelet().version());
    }

    private static ByteString write(HashedVersion version) {
        String hash = HexFormat.of().formatHex(version.historyHash().toByteArray());
        return ByteString.copyFromUtf8(version.version() + " " + hash);
    }

    private static Optional<HashedVersion> read(Map<String, ByteString> hints) {
        ByteString hint = hints.get(HEARD_OF);
        if (hint == null) {
            return Optional.empty();
        }
        String[] fields = hint.toStringUtf8().split(" ");
        try {
            byte[] hash = HexFormat.of().parseHex(fields[1]);
            return Optional.of(new HashedVersion(Long.parseLong(fields[0]), ByteString.copyFrom(hash)));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    /** The mark is set or taken away, or could not be. */
    record Kept(boolean marked, boolean done) implements Internal {}
}
