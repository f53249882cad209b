package io.wavegate.wavelet.ot;

import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.DocOpComponent;
import io.wavegate.wavelet.model.DocOpComponent.DeleteCharacters;
import io.wavegate.wavelet.model.DocOpComponent.Kind;
import io.wavegate.wavelet.model.DocOpComponent.Retain;

/**
 * Cuts a server's operation down to a client's that is for a shorter document.
 *
 * <p>Such pairs are no mistake of the peer: when a delta has two operations on one document and the first deletes, the
 * second is transformed against a server's operation that was not transformed over the first (spec section 7.2). The
 * reference accepts them as a rule, and every replica must compute what it computes. What that is follows from its
 * four steps: a server's insertion behind the client's end is treated as made at that end, and of the server's other
 * components only those count that lie within the client's length plus the length of all the server's insertions.
 */
final class ServerOperationCut {
    private ServerOperationCut() {}

    /**
     * Cuts an operation.
     *
     * @param length items of the document that the client's operation is for, fewer than the server's
     * @throws TransformException if the cut goes through a deleted element
     */
    static DocOp cut(DocOp server, long length) {
        DocOpWriter insertions = new DocOpWriter(server.components().size());
        long inserted = insertionsWithin(server, length, insertions);
        DocOp others = othersWithin(server, length + inserted);
        try {
            return DocOpComposer.compose(insertions.finish(), others);
        } catch (CompositionException mismatch) {
            throw new TransformException("the concurrent operation is for a longer document: " + mismatch.getMessage());
        }
    }

    private static long insertionsWithin(DocOp server, long length, DocOpWriter insertions) {
        long left = length;
        long inserted = 0;
        for (DocOpComponent component : server.components()) {
            if (OpCursor.isInsertion(component.kind())) {
                insertions.any(component);
                inserted += OpCursor.length(component);
            } else {
                int kept = (int) Math.min(left, OpCursor.length(component));
                insertions.retain(kept);
                left -= kept;
            }
        }
        return inserted;
    }

    private static DocOp othersWithin(DocOp server, long length) {
        DocOpWriter others = new DocOpWriter(server.components().size());
        long left = length;
        int deletedDepth = 0;
        for (DocOpComponent component : server.components()) {
            Kind kind = component.kind();
            int kept = (int) Math.min(left, OpCursor.length(component));
            left -= kept;
            if (kind == Kind.ANNOTATION_BOUNDARY) {
                others.any(component);
            } else if (kept == 0) {
                continue;
            } else if (kind == Kind.RETAIN || OpCursor.isInsertion(kind)) {
                others.any(new Retain(kept));
            } else if (kind == Kind.DELETE_CHARACTERS) {
                others.deleteCharacters(((DeleteCharacters) component).text(), 0, kept);
            } else {
                others.item(component);
                deletedDepth += kind == Kind.DELETE_ELEMENT_START ? 1 : kind == Kind.DELETE_ELEMENT_END ? -1 : 0;
            }
        }
        if (deletedDepth != 0) {
            throw new TransformException("the concurrent operation deletes an element across the end of the document");
        }
        return others.finish();
    }
}
