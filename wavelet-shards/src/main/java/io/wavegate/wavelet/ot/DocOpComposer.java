package io.wavegate.wavelet.ot;

import io.wavegate.wavelet.model.Attributes;
import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.DocOpComponent;
import io.wavegate.wavelet.model.DocOpComponent.AnnotationBoundary;
import io.wavegate.wavelet.model.DocOpComponent.Characters;
import io.wavegate.wavelet.model.DocOpComponent.DeleteCharacters;
import io.wavegate.wavelet.model.DocOpComponent.DeleteElementStart;
import io.wavegate.wavelet.model.DocOpComponent.ElementStart;
import io.wavegate.wavelet.model.DocOpComponent.Kind;
import io.wavegate.wavelet.model.DocOpComponent.ReplaceAttributes;
import io.wavegate.wavelet.model.DocOpComponent.UpdateAttributes;
import io.wavegate.wavelet.model.DocOpComponent.ValueChange;
import java.util.ArrayList;
import java.util.List;

/**
 * Composes operations: one that does what the first does and then the second (spec section 10.3).
 *
 * <p>Checks that the second operation fits what the first makes by length and kind of item and by the old values of
 * attributes; deleted text, element types and annotations are taken on trust, they are checked where an operation meets
 * a document.
 */
public final class DocOpComposer {
    private final OpCursor first;
    private final OpCursor second;
    private final DocOpWriter result;
    private final ComposedAnnotations annotations;

    private final boolean inPlace;

    private DocOpComposer(DocOp first, DocOp second, boolean inPlace) {
        this.inPlace = inPlace;
        this.first = new OpCursor(first);
        this.second = new OpCursor(second);
        this.result =
                new DocOpWriter(first.components().size() + second.components().size());
        this.annotations = new ComposedAnnotations(result);
    }

    /**
     * Composes two operations.
     *
     * @return in normal form
     * @throws CompositionException if the second cannot follow the first
     */
    public static DocOp compose(DocOp first, DocOp second) {
        return new DocOpComposer(first, second, false).compose();
    }

    /**
     * Composes two operations with the same effect as {@link #compose(DocOp, DocOp)}, but what the second inserts right
     * where the first deletes stands before that deletion: next to the item that was on its left when it was inserted. The
     * normal form puts it behind, and so says that it came after what was deleted, which decides on which side of a
     * concurrent insertion between the two it comes to stand.
     *
     * @throws CompositionException if the second cannot follow the first
     */
    public static DocOp composeInPlace(DocOp first, DocOp second) {
        return new DocOpComposer(first, second, true).compose();
    }

    /**
     * Composes any number of operations, pairwise, so that a long list of small ones costs little more than its size
     * times the logarithm of its length.
     *
     * @throws CompositionException if one cannot follow the one before
     * @throws IllegalArgumentException if the list is empty: there is no operation that fits every document
     */
    public static DocOp compose(List<DocOp> operations) {
        if (operations.isEmpty()) {
            throw new IllegalArgumentException("no operations to compose");
        }
        List<DocOp> remaining = operations;
        while (remaining.size() > 1) {
            List<DocOp> pairs = new ArrayList<>((remaining.size() + 1) / 2);
            for (int i = 0; i + 1 < remaining.size(); i += 2) {
                pairs.add(compose(remaining.get(i), remaining.get(i + 1)));
            }
            if (remaining.size() % 2 == 1) {
                pairs.add(remaining.get(remaining.size() - 1));
            }
            remaining = pairs;
        }
        return remaining.get(0);
    }

    private DocOp compose() {
        while (findItemsOfFirst()) {
            if (!findItemsForSecond()) {
                throw mismatch("the second operation ends before what the first makes");
            }
            annotations.flush();
            int count = Math.min(first.remaining(), second.remaining());
            combine(count);
            first.use(count);
            second.use(count);
        }
        if (!second.isUsedUp() || findItemsForSecond()) {
            throw mismatch("the second operation goes on after what the first makes");
        }
        annotations.flush();
        return result.finish();
    }

    /** Goes on to items that the first operation leaves in the document; what it deletes is deleted in the result. */
    private boolean findItemsOfFirst() {
        while (first.isUsedUp() && first.hasNext()) {
            Kind kind = first.peek().kind();
            if (kind == Kind.ANNOTATION_BOUNDARY) {
                annotations.waitInFirst((AnnotationBoundary) first.skip());
            } else if (OpCursor.isDeletion(kind)) {
                if (inPlace) {
                    insertionsOfSecond();
                }
                annotations.flushFirst();
                result.any(first.skip());
            } else {
                first.take();
            }
        }
        return !first.isUsedUp();
    }

    /** Goes on to items that the second operation finds in the document; what it inserts is inserted in the result. */
    private boolean findItemsForSecond() {
        while (second.isUsedUp() && second.hasNext()) {
            Kind kind = second.peek().kind();
            if (kind == Kind.ANNOTATION_BOUNDARY) {
                annotations.waitInSecond((AnnotationBoundary) second.skip());
            } else if (OpCursor.isInsertion(kind)) {
                annotations.flushSecond();
                result.any(second.skip());
            } else {
                second.take();
            }
        }
        return !second.isUsedUp();
    }

    // An element goes in whole, with the boundaries inside: nothing is deleted between its start and its end.
    private void insertionsOfSecond() {
        int depth = 0;
        while (second.isUsedUp() && second.hasNext()) {
            Kind kind = second.peek().kind();
            if (OpCursor.isInsertion(kind)) {
                depth += depthChange(kind);
                annotations.flushSecond();
                result.any(second.skip());
            } else if (kind == Kind.ANNOTATION_BOUNDARY && depth > 0) {
                annotations.waitInSecond((AnnotationBoundary) second.skip());
            } else {
                return;
            }
        }
    }

    private static int depthChange(Kind insertion) {
        return switch (insertion) {
            case ELEMENT_START -> 1;
            case ELEMENT_END -> -1;
            default -> 0;
        };
    }

    private void combine(int count) {
        if (first.kind() == Kind.RETAIN) {
            writePart(second, count);
        } else if (second.kind() == Kind.RETAIN) {
            writePart(first, count);
        } else {
            switch (first.kind()) {
                case CHARACTERS -> cancel(Kind.DELETE_CHARACTERS);
                case ELEMENT_END -> cancel(Kind.DELETE_ELEMENT_END);
                case ELEMENT_START -> changeInserted((ElementStart) first.current());
                case REPLACE_ATTRIBUTES -> changeReplaced((ReplaceAttributes) first.current());
                case UPDATE_ATTRIBUTES -> changeUpdated((UpdateAttributes) first.current());
                default -> throw unexpected();
            }
        }
    }

    private void writePart(OpCursor cursor, int count) {
        DocOpComponent component = cursor.current();
        int from = cursor.used();
        switch (component.kind()) {
            case RETAIN -> result.retain(count);
            case CHARACTERS -> result.characters(((Characters) component).text(), from, from + count);
            case DELETE_CHARACTERS ->
                result.deleteCharacters(((DeleteCharacters) component).text(), from, from + count);
            default -> result.item(component);
        }
    }

    private void cancel(Kind deletion) {
        if (second.kind() != deletion) {
            throw unexpected();
        }
    }

    private void changeInserted(ElementStart inserted) {
        DocOpComponent change = second.current();
        if (change instanceof ReplaceAttributes replacement) {
            result.item(new ElementStart(inserted.type(), replacement.newAttributes()));
        } else if (change instanceof UpdateAttributes update) {
            result.item(new ElementStart(inserted.type(), updated(inserted.attributes(), update.changes())));
        } else {
            cancel(Kind.DELETE_ELEMENT_START);
        }
    }

    private void changeReplaced(ReplaceAttributes earlier) {
        DocOpComponent change = second.current();
        if (change instanceof ReplaceAttributes later) {
            result.item(new ReplaceAttributes(earlier.oldAttributes(), later.newAttributes()));
        } else if (change instanceof UpdateAttributes later) {
            result.item(
                    new ReplaceAttributes(earlier.oldAttributes(), updated(earlier.newAttributes(), later.changes())));
        } else if (change instanceof DeleteElementStart deletion) {
            result.item(new DeleteElementStart(deletion.type(), earlier.oldAttributes()));
        } else {
            throw unexpected();
        }
    }

    private void changeUpdated(UpdateAttributes earlier) {
        DocOpComponent change = second.current();
        if (change instanceof UpdateAttributes later) {
            result.item(new UpdateAttributes(AttributeChanges.compose(earlier.changes(), later.changes())));
            return;
        }
        List<ValueChange> backwards = DocOpInverter.invert(earlier.changes());
        if (change instanceof ReplaceAttributes later) {
            result.item(new ReplaceAttributes(updated(later.oldAttributes(), backwards), later.newAttributes()));
        } else if (change instanceof DeleteElementStart deletion) {
            result.item(new DeleteElementStart(deletion.type(), updated(deletion.attributes(), backwards)));
        } else {
            throw unexpected();
        }
    }

    private static Attributes updated(Attributes attributes, List<ValueChange> changes) {
        if (!AttributeChanges.mayChange(attributes, changes)) {
            throw mismatch("the second operation expects other attributes than the first leaves there");
        }
        return attributes.with(changes);
    }

    private CompositionException unexpected() {
        return mismatch("the second operation has " + second.kind() + " where the first has " + first.kind());
    }

    private static CompositionException mismatch(String what) {
        return new CompositionException(what);
    }
}
