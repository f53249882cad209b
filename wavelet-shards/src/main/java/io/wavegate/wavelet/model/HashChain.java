package io.wavegate.wavelet.model;

import com.google.protobuf.ByteString;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The chain of history hashes (spec section 5). */
public final class HashChain {
    /** Length in bytes of every history hash but version 0's. */
    public static final int HASH_LENGTH = 20;

    private HashChain() {}

    /** Version 0: its hash is the UTF-8 bytes of the wavelet's URI, unhashed. */
    public static HashedVersion zero(WaveletName wavelet) {
        return new HashedVersion(0, ByteString.copyFromUtf8(wavelet.toUri()));
    }

    /**
     * The version after an applied delta: the first 20 bytes of SHA-256 over the hash before it and its bytes as they
     * were transmitted.
     *
     * @param operations how many operations it applied, not negative
     * @throws ArithmeticException if the version would overflow
     */
    public static HashedVersion next(HashedVersion previous, ByteString appliedDelta, int operations) {
        MessageDigest digest = sha256();
        digest.update(previous.historyHash().asReadOnlyByteBuffer());
        digest.update(appliedDelta.asReadOnlyByteBuffer());
        return new HashedVersion(
                Math.addExact(previous.version(), operations), ByteString.copyFrom(digest.digest(), 0, HASH_LENGTH));
    }

    /** SHA-256 of some bytes. */
    public static ByteString sha256(ByteString bytes) {
        MessageDigest digest = sha256();
        digest.update(bytes.asReadOnlyByteBuffer());
        return ByteString.copyFrom(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
