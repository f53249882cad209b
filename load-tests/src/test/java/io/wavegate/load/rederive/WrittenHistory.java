package io.wavegate.load.rederive;

import com.google.protobuf.ByteString;
import io.wavegate.persistence.schema.DeltaApplied;
import io.wavegate.wavelet.codec.proto.ProtocolAppliedWaveletDelta;
import io.wavegate.wavelet.codec.proto.ProtocolDocumentOperation;
import io.wavegate.wavelet.codec.proto.ProtocolDocumentOperation.Component;
import io.wavegate.wavelet.codec.proto.ProtocolHashedVersion;
import io.wavegate.wavelet.codec.proto.ProtocolSignature;
import io.wavegate.wavelet.codec.proto.ProtocolSignedDelta;
import io.wavegate.wavelet.codec.proto.ProtocolWaveletDelta;
import io.wavegate.wavelet.codec.proto.ProtocolWaveletOperation;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A history as a host would have stored it, written down by hand. */
final class WrittenHistory {
    static final String WAVELET = "wave://a.test/w+1/conv+root";
    static final String ANNA = "anna@a.test";
    static final String BORIS = "boris@a.test";

    private final KeyPair key;
    private final List<ProtocolHashedVersion> versions = new ArrayList<>();

    WrittenHistory() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(1024);
            key = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        versions.add(version(0, ByteString.copyFromUtf8(WAVELET)));
    }

    Map<String, PublicKey> keys() {
        return Map.of("a.test", key.getPublic());
    }

    /** The next delta: signed against the version after so many deltas, and stored with these operations. */
    DeltaApplied next(
            String author, int after, List<ProtocolWaveletOperation> signed, List<ProtocolWaveletOperation> stored) {
        ProtocolHashedVersion head = versions.get(versions.size() - 1);
        ByteString payload = delta(versions.get(after), author, signed);
        ByteString applied = ProtocolAppliedWaveletDelta.newBuilder()
                .setSignedOriginalDelta(ProtocolSignedDelta.newBuilder()
                        .setDelta(payload)
                        .addSignature(ProtocolSignature.newBuilder()
                                .setSignatureBytes(signature(payload))
                                .setSignerId(ByteString.EMPTY)
                                .setSignatureAlgorithm(ProtocolSignature.SignatureAlgorithm.SHA1_RSA)))
                .setHashedVersionAppliedAt(head)
                .setOperationsApplied(signed.size())
                .setApplicationTimestamp(1)
                .build()
                .toByteString();
        ByteString hash = hash(head.getHistoryHash().concat(applied));
        versions.add(version(head.getVersion() + signed.size(), hash));
        DeltaApplied.Builder event =
                DeltaApplied.newBuilder().setAppliedDelta(applied).setHistoryHash(hash);
        if (!signed.equals(stored)) {
            event.setTransformedDelta(delta(head, author, stored));
        }
        return event.build();
    }

    static ProtocolWaveletOperation add(String person) {
        return ProtocolWaveletOperation.newBuilder().setAddParticipant(person).build();
    }

    static ProtocolWaveletOperation remove(String person) {
        return ProtocolWaveletOperation.newBuilder()
                .setRemoveParticipant(person)
                .build();
    }

    static ProtocolWaveletOperation nothing() {
        return ProtocolWaveletOperation.newBuilder().setNoOp(true).build();
    }

    /** Retains, inserts, retains; what is zero is left out. */
    static ProtocolWaveletOperation insert(int before, String text, int behind) {
        ProtocolDocumentOperation.Builder edit = ProtocolDocumentOperation.newBuilder();
        if (before > 0) {
            edit.addComponent(Component.newBuilder().setRetainItemCount(before));
        }
        edit.addComponent(Component.newBuilder().setCharacters(text));
        if (behind > 0) {
            edit.addComponent(Component.newBuilder().setRetainItemCount(behind));
        }
        return ProtocolWaveletOperation.newBuilder()
                .setMutateDocument(ProtocolWaveletOperation.MutateDocument.newBuilder()
                        .setDocumentId("b+0")
                        .setDocumentOperation(edit))
                .build();
    }

    private static ByteString delta(
            ProtocolHashedVersion target, String author, List<ProtocolWaveletOperation> operations) {
        return ProtocolWaveletDelta.newBuilder()
                .setHashedVersion(target)
                .setAuthor(author)
                .addAllOperation(operations)
                .build()
                .toByteString();
    }

    private static ProtocolHashedVersion version(long version, ByteString hash) {
        return ProtocolHashedVersion.newBuilder()
                .setVersion(version)
                .setHistoryHash(hash)
                .build();
    }

    private static ByteString hash(ByteString bytes) {
        try {
            return ByteString.copyFrom(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()), 0, 20);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private ByteString signature(ByteString payload) {
        try {
            Signature signature = Signature.getInstance("SHA1withRSA");
            signature.initSign(key.getPrivate());
            signature.update(payload.toByteArray());
            return ByteString.copyFrom(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
