package io.wavegate.wavelet.codec;

import com.google.protobuf.InvalidProtocolBufferException;
import io.wavegate.persistence.schema.DocumentSnapshot;
import io.wavegate.persistence.schema.WaveletSnapshot;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.codec.proto.ProtocolDocumentOperation;
import io.wavegate.wavelet.document.Document;
import io.wavegate.wavelet.document.InvalidOperationException;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.Participants;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.state.DocumentMap;
import io.wavegate.wavelet.state.WaveletState;
import java.util.Optional;

/** Snapshots of wavelets as they are stored. */
public final class WaveletSnapshotCodec {
    private WaveletSnapshotCodec() {}

    /** The snapshot of a wavelet that has had its first delta. */
    public static WaveletSnapshot toStored(WaveletState state) {
        WaveletSnapshot.Builder snapshot = WaveletSnapshot.newBuilder()
                .setVersion(state.version().version())
                .setHistoryHash(state.version().historyHash())
                .setCreationTimeMillis(state.creationTimeMillis())
                .setLastModifiedTimeMillis(state.lastModifiedTimeMillis());
        state.creator().ifPresent(creator -> snapshot.setCreator(creator.address()));
        state.participants().inOrder().forEach(participant -> snapshot.addParticipant(participant.address()));
        state.documents()
                .forEach((id, document) -> snapshot.addDocument(DocumentSnapshot.newBuilder()
                        .setDocumentId(id)
                        .setInitialOperation(
                                DocOpCodec.toProto(document.toOperation()).toByteString())));
        return snapshot.build();
    }

    /** Reads a snapshot back; a refusal, {@code MALFORMED}, means that the store is damaged: replay the deltas instead. */
    public static Answer<WaveletState> fromStored(WaveletName name, WaveletSnapshot snapshot) {
        try {
            DocumentMap documents = DocumentMap.EMPTY;
            for (DocumentSnapshot document : snapshot.getDocumentList()) {
                documents = documents.with(document.getDocumentId(), read(document));
            }
            return new Answer.Ok<>(new WaveletState(
                    name,
                    new HashedVersion(snapshot.getVersion(), snapshot.getHistoryHash()),
                    Participants.of(snapshot.getParticipantList().stream()
                            .map(ParticipantId::new)
                            .toList()),
                    documents,
                    Optional.of(snapshot.getCreator())
                            .filter(creator -> !creator.isEmpty())
                            .map(ParticipantId::new),
                    snapshot.getCreationTimeMillis(),
                    snapshot.getLastModifiedTimeMillis()));
        } catch (InvalidProtocolBufferException | InvalidOperationException | IllegalArgumentException e) {
            return Malformed.answer("the snapshot of " + name + " cannot be read: " + e.getMessage());
        }
    }

    private static Document read(DocumentSnapshot document) throws InvalidProtocolBufferException {
        return Document.of(DocOpCodec.fromProto(ProtocolDocumentOperation.parseFrom(document.getInitialOperation())));
    }
}
