package io.wavegate.load.rederive;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.wavegate.wavelet.codec.proto.ProtocolAppliedWaveletDelta;
import io.wavegate.wavelet.codec.proto.ProtocolHashedVersion;
import io.wavegate.wavelet.codec.proto.ProtocolSignedDelta;
import io.wavegate.wavelet.codec.proto.ProtocolWaveletDelta;
import java.util.List;

/**
 * What the bytes of an applied delta say.
 *
 * @param payload what was signed
 * @param signature by the author's domain
 * @param author who made it
 * @param target the version that it was made against
 * @param targetHash the hash of that version
 * @param changes as signed
 * @param at the version it applied at
 * @param atHash the hash of that version
 * @param count how many operations it counts
 */
record SignedOriginal(
        ByteString payload,
        ByteString signature,
        String author,
        long target,
        ByteString targetHash,
        List<Change> changes,
        long at,
        ByteString atHash,
        int count) {

    static SignedOriginal read(ByteString applied) {
        try {
            ProtocolAppliedWaveletDelta message = ProtocolAppliedWaveletDelta.parseFrom(applied);
            ProtocolSignedDelta signed = message.getSignedOriginalDelta();
            if (signed.getSignatureCount() != 1) {
                throw new NotDerivableException("a delta with " + signed.getSignatureCount() + " signatures");
            }
            ProtocolWaveletDelta delta = ProtocolWaveletDelta.parseFrom(signed.getDelta());
            ProtocolHashedVersion target = delta.getHashedVersion();
            return new SignedOriginal(
                    signed.getDelta(),
                    signed.getSignature(0).getSignatureBytes(),
                    delta.getAuthor(),
                    target.getVersion(),
                    target.getHistoryHash(),
                    changes(delta),
                    message.getHashedVersionAppliedAt().getVersion(),
                    message.getHashedVersionAppliedAt().getHistoryHash(),
                    message.getOperationsApplied());
        } catch (InvalidProtocolBufferException e) {
            throw new NotDerivableException("no delta: " + e.getMessage());
        }
    }

    static List<Change> changes(ProtocolWaveletDelta delta) {
        return delta.getOperationList().stream().map(Change::read).toList();
    }
}
