package io.wavegate.wavelet.ot;

import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.DocOpComponent;
import io.wavegate.wavelet.model.DocOpComponent.Kind;

/** The lengths, in items, of the documents that an operation is for and makes; more than an integer for hostile ones. */
public final class DocOpLengths {
    private DocOpLengths() {}

    /** Items of the document that the operation is for. */
    public static long input(DocOp operation) {
        long length = 0;
        for (DocOpComponent component : operation.components()) {
            if (!OpCursor.isInsertion(component.kind())) {
                length += OpCursor.length(component);
            }
        }
        return length;
    }

    /** Items of the document that the operation makes. */
    public static long output(DocOp operation) {
        long length = 0;
        for (DocOpComponent component : operation.components()) {
            Kind kind = component.kind();
            if (!OpCursor.isDeletion(kind)) {
                length += OpCursor.length(component);
            }
        }
        return length;
    }
}
