package io.wavegate.wavelet.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.codec.proto.ProtocolHashedVersion;
import io.wavegate.wavelet.codec.proto.ProtocolWaveletDelta;
import io.wavegate.wavelet.codec.proto.ProtocolWaveletOperation;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletDelta;
import io.wavegate.wavelet.model.WaveletOperation;
import io.wavegate.wavelet.model.WaveletOperation.AddParticipant;
import io.wavegate.wavelet.model.WaveletOperation.MutateDocument;
import io.wavegate.wavelet.model.WaveletOperation.NoOp;
import io.wavegate.wavelet.model.WaveletOperation.RemoveParticipant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * ProtocolWaveletDelta (spec section 4). What is signed or hashed are the bytes as they came: callers keep those and
 * never what {@link #encode} makes of a delta that was read.
 */
public final class DeltaCodec {
    private DeltaCodec() {}

    /** Reads a delta; a refusal is {@code MALFORMED} or {@code TOO_LARGE}. */
    public static Answer<WaveletDelta> decode(ByteString bytes, CodecLimits limits) {
        if (bytes.size() > limits.maxDeltaBytes()) {
            return Malformed.tooLarge("delta", bytes.size(), limits.maxDeltaBytes(), "bytes");
        }
        ProtocolWaveletDelta message;
        try {
            message = ProtocolWaveletDelta.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            return Malformed.answer("not a ProtocolWaveletDelta: " + e.getMessage());
        }
        if (message.getOperationCount() > limits.maxOperations()) {
            return Malformed.tooLarge("delta", message.getOperationCount(), limits.maxOperations(), "operations");
        }
        long components = message.getOperationList().stream()
                .mapToLong(o -> o.getMutateDocument().getDocumentOperation().getComponentCount())
                .sum();
        return components > limits.maxComponents()
                ? Malformed.tooLarge("delta", components, limits.maxComponents(), "components")
                : fromProto(message);
    }

    /** The delta in a message; refused as {@code MALFORMED} if an operation has no field set. */
    public static Answer<WaveletDelta> fromProto(ProtocolWaveletDelta message) {
        List<WaveletOperation> operations = new ArrayList<>(message.getOperationCount());
        for (ProtocolWaveletOperation operation : message.getOperationList()) {
            Optional<WaveletOperation> read = operation(operation);
            if (read.isEmpty()) {
                return Malformed.answer("operation " + operations.size() + " of the delta has no content");
            }
            operations.add(read.get());
        }
        return new Answer.Ok<>(new WaveletDelta(
                version(message.getHashedVersion()),
                new ParticipantId(message.getAuthor()),
                operations,
                message.getAddressPathList().stream().map(ParticipantId::new).toList()));
    }

    /** The canonical bytes of a delta. */
    public static ByteString encode(WaveletDelta delta) {
        ProtocolWaveletDelta.Builder message = ProtocolWaveletDelta.newBuilder()
                .setHashedVersion(version(delta.target()))
                .setAuthor(delta.author().address());
        delta.operations().forEach(operation -> message.addOperation(operation(operation)));
        delta.addressPath().forEach(address -> message.addAddressPath(address.address()));
        return message.build().toByteString();
    }

    static HashedVersion version(ProtocolHashedVersion message) {
        return new HashedVersion(message.getVersion(), message.getHistoryHash());
    }

    static ProtocolHashedVersion version(HashedVersion version) {
        return ProtocolHashedVersion.newBuilder()
                .setVersion(version.version())
                .setHistoryHash(version.historyHash())
                .build();
    }

    // Which field counts when there are several: the reference's order.
    private static Optional<WaveletOperation> operation(ProtocolWaveletOperation message) {
        if (message.hasNoOp()) {
            return Optional.of(NoOp.INSTANCE);
        } else if (message.hasAddParticipant()) {
            return Optional.of(new AddParticipant(new ParticipantId(message.getAddParticipant())));
        } else if (message.hasRemoveParticipant()) {
            return Optional.of(new RemoveParticipant(new ParticipantId(message.getRemoveParticipant())));
        } else if (message.hasMutateDocument()) {
            ProtocolWaveletOperation.MutateDocument mutation = message.getMutateDocument();
            return Optional.of(new MutateDocument(
                    mutation.getDocumentId(), DocOpCodec.fromProto(mutation.getDocumentOperation())));
        }
        return Optional.empty();
    }

    private static ProtocolWaveletOperation operation(WaveletOperation operation) {
        ProtocolWaveletOperation.Builder message = ProtocolWaveletOperation.newBuilder();
        if (operation instanceof AddParticipant add) {
            message.setAddParticipant(add.participant().address());
        } else if (operation instanceof RemoveParticipant remove) {
            message.setRemoveParticipant(remove.participant().address());
        } else if (operation instanceof MutateDocument mutation) {
            message.setMutateDocument(ProtocolWaveletOperation.MutateDocument.newBuilder()
                    .setDocumentId(mutation.documentId())
                    .setDocumentOperation(DocOpCodec.toProto(mutation.operation())));
        } else {
            message.setNoOp(true);
        }
        return message.build();
    }
}
