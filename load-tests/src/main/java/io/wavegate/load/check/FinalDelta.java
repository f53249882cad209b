package io.wavegate.load.check;

import java.util.List;

/**
 * One delta of a history as it stands when all is over.
 *
 * @param from the version it applied at
 * @param version the version after it
 * @param hash the history hash after it, hexadecimal
 * @param bytesId identity of the delta: SHA-256 of what its author signed
 * @param author who made it
 * @param target the version that it was made against
 * @param targetHash the hash of that version as its author gave it, hexadecimal; empty if it is not known
 * @param participants the domains with a participant after it
 */
public record FinalDelta(
        long from,
        long version,
        String hash,
        String bytesId,
        String author,
        long target,
        String targetHash,
        List<String> participants) {
    /** One whose author's word on the target's hash is not known. */
    public FinalDelta(
            long from,
            long version,
            String hash,
            String bytesId,
            String author,
            long target,
            List<String> participants) {
        this(from, version, hash, bytesId, author, target, "", participants);
    }

    public FinalDelta {
        participants = List.copyOf(participants);
    }
}
