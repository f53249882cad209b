package io.wavegate.load.rederive;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.wavegate.persistence.schema.DeltaApplied;
import io.wavegate.wavelet.codec.proto.ProtocolWaveletDelta;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * One wavelet's history, derived again from its first delta on. Give it what a host stored, in order; then, if there is
 * nothing wrong with that, what replicas stored.
 */
public final class Rederivation {
    private static final int HASH_BYTES = 20;

    private final Map<String, PublicKey> keys;
    private final NavigableMap<Long, Derived> deltas = new TreeMap<>();
    private final Map<Long, ByteString> hashes = new HashMap<>();
    private final Map<String, String> texts = new TreeMap<>();
    private final Set<String> people = new LinkedHashSet<>();
    private ByteString headHash;
    private long head;

    /** What became of a delta. */
    private record Derived(ByteString bytes, String author, List<Change> changes) {}

    /**
     * @param wavelet its URI, which is the hash of version 0
     * @param keys by domain, what its signatures are made with
     */
    public Rederivation(String wavelet, Map<String, PublicKey> keys) {
        this.keys = keys;
        this.headHash = ByteString.copyFromUtf8(wavelet);
        hashes.put(head, headHash);
    }

    /**
     * The next delta as the host stored it.
     *
     * @return what is wrong with it; then nothing more can be said of this history
     */
    public Optional<String> next(DeltaApplied stored) {
        try {
            SignedOriginal original = SignedOriginal.read(stored.getAppliedDelta());
            standsHere(original);
            isSigned(original);
            List<Change> changes = transformed(original);
            if (!changes.equals(storedChanges(stored, original))) {
                throw new NotDerivableException("stored are the operations " + storedChanges(stored, original)
                        + ", transformation makes " + changes + " of what was signed");
            }
            apply(original, changes, stored);
            return Optional.empty();
        } catch (NotDerivableException e) {
            return Optional.of("the delta at v" + head + ": " + e.getMessage());
        }
    }

    /** A delta as a replica stored it. */
    public Optional<String> compare(DeltaApplied replica) {
        try {
            SignedOriginal original = SignedOriginal.read(replica.getAppliedDelta());
            Derived ours = deltas.get(original.at());
            if (ours == null || !ours.bytes().equals(replica.getAppliedDelta())) {
                return Optional.of("the host has no such delta at v" + original.at());
            }
            List<Change> changes = storedChanges(replica, original);
            return changes.equals(ours.changes())
                    ? Optional.empty()
                    : Optional.of("the delta at v" + original.at() + " has the operations " + changes + " instead of "
                            + ours.changes());
        } catch (NotDerivableException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** The texts of all documents at the end, by document; those that were never edited are not there. */
    public Map<String, String> texts() {
        return Collections.unmodifiableMap(texts);
    }

    /** The version at the end. */
    public long head() {
        return head;
    }

    private void standsHere(SignedOriginal original) {
        if (original.at() != head || !original.atHash().equals(headHash)) {
            throw new NotDerivableException("it says that it applied at v" + original.at() + ", or at another history");
        } else if (original.target() > head || !original.targetHash().equals(hashes.get(original.target()))) {
            throw new NotDerivableException("it was made against v" + original.target() + " of another history");
        } else if (original.count() != original.changes().size() || original.count() == 0) {
            throw new NotDerivableException("it counts " + original.count() + " operations");
        } else if (head > 0 && !people.contains(original.author())) {
            throw new NotDerivableException(original.author() + " is not on the wavelet");
        }
    }

    private void isSigned(SignedOriginal original) {
        String domain = original.author().substring(original.author().indexOf('@') + 1);
        try {
            Signature signature = Signature.getInstance("SHA1withRSA");
            signature.initVerify(keys.get(domain));
            signature.update(original.payload().asReadOnlyByteBuffer());
            if (!signature.verify(original.signature().toByteArray())) {
                throw new NotDerivableException("the signature of " + domain + " does not verify");
            }
        } catch (GeneralSecurityException e) {
            throw new NotDerivableException("the signature of " + domain + " cannot be verified: " + e);
        }
    }

    // Each operation over the stored ones as they stand, which are not taken forward over the delta's own (spec 7.2).
    private List<Change> transformed(SignedOriginal original) {
        List<Change> made = new ArrayList<>(original.changes());
        for (Derived earlier : deltas.tailMap(original.target(), true).values()) {
            if (earlier.author().equals(original.author()) && earlier.changes().equals(made)) {
                throw new NotDerivableException("it is a delta again that was applied before");
            }
            for (Change other : earlier.changes()) {
                made.replaceAll(change -> change.over(original.author(), other));
            }
        }
        return List.copyOf(made);
    }

    private static List<Change> storedChanges(DeltaApplied stored, SignedOriginal original) {
        if (!stored.hasTransformedDelta()) {
            return original.changes();
        }
        try {
            return SignedOriginal.changes(ProtocolWaveletDelta.parseFrom(stored.getTransformedDelta()));
        } catch (InvalidProtocolBufferException e) {
            throw new NotDerivableException("what is stored as transformed is no delta: " + e.getMessage());
        }
    }

    private void apply(SignedOriginal original, List<Change> changes, DeltaApplied stored) {
        for (Change change : changes) {
            if (change instanceof Change.Edit edit) {
                texts.put(edit.document(), edit.text().after(texts.getOrDefault(edit.document(), "")));
            } else if (change instanceof Change.Join join && !people.add(join.person())) {
                throw new NotDerivableException(join.person() + " is on the wavelet already");
            } else if (change instanceof Change.Leave leave && !people.remove(leave.person())) {
                throw new NotDerivableException(leave.person() + " is not on the wavelet");
            }
        }
        ByteString hash = hash(headHash, stored.getAppliedDelta());
        if (!hash.equals(stored.getHistoryHash())) {
            throw new NotDerivableException("the hash after it is another");
        }
        deltas.put(head, new Derived(stored.getAppliedDelta(), original.author(), changes));
        head += original.count();
        headHash = hash;
        hashes.put(head, hash);
    }

    private static ByteString hash(ByteString before, ByteString applied) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(before.toByteArray());
            digest.update(applied.toByteArray());
            return ByteString.copyFrom(digest.digest(), 0, HASH_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
