package io.wavegate.wavelet.ot;

import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.DocOpComponent;
import io.wavegate.wavelet.model.DocOpComponent.AnnotationBoundary;
import io.wavegate.wavelet.model.DocOpComponent.DeleteElementStart;
import io.wavegate.wavelet.model.DocOpComponent.Kind;
import io.wavegate.wavelet.model.DocOpComponent.ReplaceAttributes;
import io.wavegate.wavelet.model.DocOpComponent.UpdateAttributes;

/**
 * One walk over two operations for documents of the same length, writing both transformed ones.
 *
 * <p>The rules (spec section 10.4) speak of operations split into insertions and the rest, of four transformations of
 * the parts, and of composing the results. All of that is a function of the position in the common document, so it is
 * done in one pass. At each position, in this order:
 *
 * <ol>
 *   <li>the client's boundaries and insertions up to its last insertion here;
 *   <li>the server's likewise, so that they stand right of the client's;
 *   <li>the boundaries of each that follow, client first;
 *   <li>the items that both operations now retain, change or delete, as many as both do the same thing to.
 * </ol>
 *
 * <p>So an insertion stands outside of an annotation change that the other operation begins here and inside of one that
 * it ends here, just as it would inherit annotations from the left.
 */
final class PairTransformation {
    private final Side client;
    private final Side server;
    private final ConcurrentAnnotations annotations;

    PairTransformation(DocOp client, DocOp server) {
        int expected = client.components().size() + server.components().size();
        this.client = new Side(client, expected);
        this.server = new Side(server, expected);
        this.annotations = new ConcurrentAnnotations(this.client.result, this.server.result);
    }

    TransformedPair run() {
        while (true) {
            insertions(client, server);
            insertions(server, client);
            boundaries(client);
            boundaries(server);
            boolean items = takeItems(client);
            if (takeItems(server) != items) {
                throw incompatible();
            }
            if (!items) {
                return new TransformedPair(client.result.finish(), server.result.finish());
            }
            int count = Math.min(client.operation.remaining(), server.operation.remaining());
            resolve(count);
            client.operation.use(count);
            server.operation.use(count);
        }
    }

    private void insertions(Side side, Side other) {
        OpCursor operation = side.operation;
        if (!operation.isUsedUp()) {
            return;
        }
        int seen = 0;
        while (seen < operation.ahead()) {
            Kind kind = operation.peek(seen).kind();
            if (OpCursor.isInsertion(kind)) {
                for (; seen >= 0; seen--) {
                    insertOrNote(side, other, operation.skip());
                }
                seen = 0;
            } else if (kind == Kind.ANNOTATION_BOUNDARY) {
                seen++;
            } else {
                return;
            }
        }
    }

    private void insertOrNote(Side side, Side other, DocOpComponent component) {
        if (component.kind() == Kind.ANNOTATION_BOUNDARY) {
            annotations.note(side == client, (AnnotationBoundary) component);
        } else if (other.deletedDepth > 0) {
            // The other operation deletes the element around: its deletion grows by what is inserted here.
            annotations.beginDeletion(other == client);
            other.result.any(deletionOf(component));
            annotations.endDeletion(other == client);
        } else {
            annotations.itemsStay();
            side.result.any(component);
            other.result.retain(OpCursor.length(component));
        }
    }

    private void boundaries(Side side) {
        OpCursor operation = side.operation;
        while (operation.isUsedUp() && operation.hasNext() && operation.peek().kind() == Kind.ANNOTATION_BOUNDARY) {
            annotations.note(side == client, (AnnotationBoundary) operation.skip());
        }
    }

    private static boolean takeItems(Side side) {
        if (side.operation.isUsedUp() && side.operation.hasNext()) {
            side.operation.take();
        }
        return !side.operation.isUsedUp();
    }

    private void resolve(int count) {
        Kind ours = client.operation.kind();
        Kind theirs = server.operation.kind();
        if (ours == Kind.RETAIN) {
            if (theirs == Kind.RETAIN) {
                annotations.itemsStay();
                client.result.retain(count);
                server.result.retain(count);
            } else {
                actAlone(server, client, count);
            }
        } else if (theirs == Kind.RETAIN) {
            actAlone(client, server, count);
        } else if (OpCursor.isDeletion(ours)) {
            againstDeletion(client, server);
        } else if (OpCursor.isDeletion(theirs)) {
            againstDeletion(server, client);
        } else {
            changeBoth();
        }
    }

    /** One side deletes or changes what the other retains. */
    private void actAlone(Side side, Side other, int count) {
        DocOpComponent component = side.operation.current();
        switch (component.kind()) {
            case DELETE_CHARACTERS -> {
                annotations.beginDeletion(side == client);
                int from = side.operation.used();
                side.result.deleteCharacters(((DocOpComponent.DeleteCharacters) component).text(), from, from + count);
                annotations.endDeletion(side == client);
            }
            case DELETE_ELEMENT_START, DELETE_ELEMENT_END -> deleteItem(side, component);
            default -> {
                annotations.itemsStay();
                side.result.item(component);
                other.result.retain(1);
            }
        }
    }

    private void deleteItem(Side side, DocOpComponent component) {
        annotations.beginDeletion(side == client);
        side.result.item(component);
        annotations.endDeletion(side == client);
        side.countDeletion(component.kind());
    }

    /** One side deletes what the other deletes too, or whose attributes the other changes. */
    private void againstDeletion(Side side, Side other) {
        Kind deletion = side.operation.kind();
        DocOpComponent theirs = other.operation.current();
        if (theirs.kind() == deletion) {
            side.countDeletion(deletion);
            other.countDeletion(deletion);
        } else if (side.operation.current() instanceof DeleteElementStart start) {
            if (theirs instanceof ReplaceAttributes replacement) {
                deleteItem(side, new DeleteElementStart(start.type(), replacement.newAttributes()));
            } else if (theirs instanceof UpdateAttributes update) {
                deleteItem(side, ConcurrentAttributes.deleteAfter(start, update));
            } else {
                throw incompatible();
            }
        } else {
            throw incompatible();
        }
    }

    private void changeBoth() {
        annotations.itemsStay();
        if (client.operation.current() instanceof ReplaceAttributes ours) {
            client.result.item(ConcurrentAttributes.replaceAfter(ours, server.operation.current()));
            server.result.retain(1);
        } else if (client.operation.current() instanceof UpdateAttributes ours) {
            if (server.operation.current() instanceof UpdateAttributes theirs) {
                client.result.item(new UpdateAttributes(AttributeChanges.after(ours.changes(), theirs.changes())));
                server.result.item(new UpdateAttributes(AttributeChanges.without(theirs.changes(), ours.changes())));
            } else {
                client.result.retain(1);
                server.result.item(
                        ConcurrentAttributes.replaceAfter((ReplaceAttributes) server.operation.current(), ours));
            }
        }
    }

    private TransformException incompatible() {
        return new TransformException("the submitted operation has " + client.operation.kind()
                + " where the concurrent one has " + server.operation.kind());
    }

    private static DocOpComponent deletionOf(DocOpComponent insertion) {
        return switch (insertion.kind()) {
            case CHARACTERS -> new DocOpComponent.DeleteCharacters(((DocOpComponent.Characters) insertion).text());
            case ELEMENT_START -> {
                DocOpComponent.ElementStart start = (DocOpComponent.ElementStart) insertion;
                yield new DeleteElementStart(start.type(), start.attributes());
            }
            default -> DocOpComponent.DeleteElementEnd.INSTANCE;
        };
    }

    /** One of the two operations, and what becomes of it. */
    private static final class Side {
        private final OpCursor operation;
        private final DocOpWriter result;
        // How many elements around the current position this operation deletes.
        private int deletedDepth;

        Side(DocOp operation, int expectedComponents) {
            this.operation = new OpCursor(operation);
            this.result = new DocOpWriter(expectedComponents);
        }

        void countDeletion(Kind deletion) {
            if (deletion == Kind.DELETE_ELEMENT_START) {
                deletedDepth++;
            } else if (deletion == Kind.DELETE_ELEMENT_END) {
                deletedDepth--;
            }
        }
    }
}
