package io.wavegate.load.sim;

import com.google.protobuf.InvalidProtocolBufferException;
import io.wavegate.persistence.journal.StoredEvent;
import io.wavegate.persistence.schema.DeltaApplied;
import io.wavegate.wavelet.codec.proto.ProtocolDocumentOperation;
import io.wavegate.wavelet.codec.proto.ProtocolDocumentOperation.Component;
import io.wavegate.wavelet.codec.proto.ProtocolWaveletDelta;
import io.wavegate.wavelet.codec.proto.ProtocolWaveletOperation;

/** Makes of a stored delta that was transformed one whose insertions stand one place further right, where there is one. */
final class WrongTransformation {
    private WrongTransformation() {}

    static StoredEvent of(StoredEvent event) {
        if (!event.manifest().equals("delta-1")) {
            return event;
        }
        try {
            DeltaApplied stored = DeltaApplied.parseFrom(event.payload());
            if (!stored.hasTransformedDelta()) {
                return event;
            }
            ProtocolWaveletDelta.Builder delta =
                    ProtocolWaveletDelta.parseFrom(stored.getTransformedDelta()).toBuilder();
            delta.getOperationBuilderList().forEach(WrongTransformation::change);
            DeltaApplied wrong = stored.toBuilder()
                    .setTransformedDelta(delta.build().toByteString())
                    .build();
            return new StoredEvent(event.position(), event.manifest(), wrong.toByteString());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void change(ProtocolWaveletOperation.Builder operation) {
        if (!operation.hasMutateDocument()) {
            return;
        }
        ProtocolDocumentOperation.Builder edit =
                operation.getMutateDocumentBuilder().getDocumentOperationBuilder();
        for (int i = 0; i + 1 < edit.getComponentCount(); i++) {
            int retained = edit.getComponent(i + 1).getRetainItemCount();
            if (edit.getComponent(i).hasCharacters() && retained > 1) {
                edit.setComponent(i + 1, retain(retained - 1));
                edit.addComponent(i, retain(1));
                return;
            }
        }
    }

    private static Component retain(int items) {
        return Component.newBuilder().setRetainItemCount(items).build();
    }
}
