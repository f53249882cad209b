package io.wavegate.wavelet.ot;

import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.DocOpComponent;
import io.wavegate.wavelet.model.DocOpComponent.AnnotationBoundary;
import io.wavegate.wavelet.model.DocOpComponent.Characters;
import io.wavegate.wavelet.model.DocOpComponent.DeleteCharacters;
import io.wavegate.wavelet.model.DocOpComponent.DeleteElementEnd;
import io.wavegate.wavelet.model.DocOpComponent.DeleteElementStart;
import io.wavegate.wavelet.model.DocOpComponent.ElementEnd;
import io.wavegate.wavelet.model.DocOpComponent.ElementStart;
import io.wavegate.wavelet.model.DocOpComponent.ReplaceAttributes;
import io.wavegate.wavelet.model.DocOpComponent.UpdateAttributes;
import io.wavegate.wavelet.model.DocOpComponent.ValueChange;
import java.util.ArrayList;
import java.util.List;

/**
 * Inverts an operation: what it inserts is deleted, what it deletes inserted, and every change turned round. Operations
 * carry enough for that without the document (spec section 10.2). The result has the components of the operation one
 * for one; it is not normalised.
 */
public final class DocOpInverter {
    private DocOpInverter() {}

    public static DocOp invert(DocOp operation) {
        List<DocOpComponent> inverse = new ArrayList<>(operation.components().size());
        for (DocOpComponent component : operation.components()) {
            inverse.add(invert(component));
        }
        return new DocOp(inverse);
    }

    private static DocOpComponent invert(DocOpComponent component) {
        return switch (component.kind()) {
            case RETAIN -> component;
            case CHARACTERS -> new DeleteCharacters(((Characters) component).text());
            case DELETE_CHARACTERS -> new Characters(((DeleteCharacters) component).text());
            case ELEMENT_END -> DeleteElementEnd.INSTANCE;
            case DELETE_ELEMENT_END -> ElementEnd.INSTANCE;
            case ELEMENT_START -> {
                ElementStart start = (ElementStart) component;
                yield new DeleteElementStart(start.type(), start.attributes());
            }
            case DELETE_ELEMENT_START -> {
                DeleteElementStart start = (DeleteElementStart) component;
                yield new ElementStart(start.type(), start.attributes());
            }
            case REPLACE_ATTRIBUTES -> {
                ReplaceAttributes replacement = (ReplaceAttributes) component;
                yield new ReplaceAttributes(replacement.newAttributes(), replacement.oldAttributes());
            }
            case UPDATE_ATTRIBUTES -> new UpdateAttributes(invert(((UpdateAttributes) component).changes()));
            case ANNOTATION_BOUNDARY -> {
                AnnotationBoundary boundary = (AnnotationBoundary) component;
                yield new AnnotationBoundary(boundary.ends(), invert(boundary.changes()));
            }
        };
    }

    /** Every change with its old and new value exchanged. */
    static List<ValueChange> invert(List<ValueChange> changes) {
        List<ValueChange> inverse = new ArrayList<>(changes.size());
        for (ValueChange change : changes) {
            inverse.add(new ValueChange(change.key(), change.newValue(), change.oldValue()));
        }
        return inverse;
    }
}
