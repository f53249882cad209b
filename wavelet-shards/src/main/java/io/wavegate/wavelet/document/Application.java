package io.wavegate.wavelet.document;

import static io.wavegate.wavelet.document.InvalidOperationException.Reason;

import io.wavegate.wavelet.model.Attributes;
import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.DocOpComponent;
import io.wavegate.wavelet.model.DocOpComponent.AnnotationBoundary;
import io.wavegate.wavelet.model.DocOpComponent.Characters;
import io.wavegate.wavelet.model.DocOpComponent.DeleteCharacters;
import io.wavegate.wavelet.model.DocOpComponent.DeleteElementStart;
import io.wavegate.wavelet.model.DocOpComponent.ElementStart;
import io.wavegate.wavelet.model.DocOpComponent.ReplaceAttributes;
import io.wavegate.wavelet.model.DocOpComponent.Retain;
import io.wavegate.wavelet.model.DocOpComponent.UpdateAttributes;
import java.util.List;

/**
 * One application of a well-formed operation to a document: the document is cut off piece by piece from the left, and
 * the pieces, checked and changed, are joined to the result.
 */
final class Application {
    private Tree rest;
    private Tree done = Tree.EMPTY;
    private int component;
    private final AnnotationCost cost;
    private final OpenAnnotations annotations;

    /** @param bounded whether annotations may cost so much and no more, see {@link AnnotationCost} */
    Application(Tree document, boolean bounded) {
        rest = document;
        cost = new AnnotationCost(() -> component, bounded);
        annotations = new OpenAnnotations(cost);
    }

    /** @throws InvalidOperationException if the operation does not fit the document */
    Tree apply(DocOp operation) {
        List<DocOpComponent> components = operation.components();
        for (component = 0; component < components.size(); component++) {
            apply(components.get(component));
        }
        require(rest.length() == 0, Reason.OPERATION_TOO_SHORT);
        cost.check(done);
        return done;
    }

    private void apply(DocOpComponent next) {
        switch (next.kind()) {
            case RETAIN -> retain(((Retain) next).itemCount());
            case CHARACTERS -> insertText(((Characters) next).text());
            case ELEMENT_START -> {
                ElementStart start = (ElementStart) next;
                insert(1, new Run.Start(start.type(), start.attributes(), annotationsOfInsertion()));
            }
            case ELEMENT_END -> insert(1, new Run.End(annotationsOfInsertion()));
            case DELETE_CHARACTERS -> deleteText(((DeleteCharacters) next).text());
            case DELETE_ELEMENT_START -> deleteStart((DeleteElementStart) next);
            case DELETE_ELEMENT_END -> {
                require(first() instanceof Run.End, Reason.NO_ELEMENT_END_TO_DELETE);
                delete(take(1));
            }
            case REPLACE_ATTRIBUTES -> replace((ReplaceAttributes) next);
            case UPDATE_ATTRIBUTES -> update((UpdateAttributes) next);
            case ANNOTATION_BOUNDARY -> annotations.change((AnnotationBoundary) next);
        }
    }

    private void retain(int count) {
        require(count <= rest.length(), Reason.RETAIN_PAST_END);
        keep(take(count));
    }

    private void keep(Tree kept) {
        require(annotations.haveOldValuesOf(kept), Reason.OLD_ANNOTATION_DIFFERS);
        annotations.kept(kept);
        done = Tree.append(done, annotations.applyTo(kept));
    }

    private void insertText(String text) {
        Attributes inherited = annotationsOfInsertion();
        insert(
                text.length(),
                text.length() <= Run.Text.LIMIT
                        ? new Run.Text(text, inherited)
                        : Tree.of(Run.Text.runs(text, inherited)));
    }

    private Attributes annotationsOfInsertion() {
        require(annotations.haveInheritedOldValues(), Reason.OLD_ANNOTATION_DIFFERS);
        return annotations.ofInsertion();
    }

    private void insert(int length, Tree inserted) {
        require((long) done.length() + rest.length() + length <= Integer.MAX_VALUE, Reason.DOCUMENT_TOO_LONG);
        annotations.inserted();
        done = Tree.append(done, inserted);
    }

    private void deleteText(String text) {
        Tree deleted = take(Math.min(text.length(), rest.length()));
        int[] compared = {0};
        Tree.read(deleted, 0, deleted.length(), run -> {
            require(run instanceof Run.Text, Reason.DELETE_TOO_MANY_CHARACTERS);
            String found = ((Run.Text) run).text();
            require(text.startsWith(found, compared[0]), Reason.DELETED_CHARACTER_DIFFERS);
            compared[0] += found.length();
        });
        require(compared[0] == text.length(), Reason.DELETE_TOO_MANY_CHARACTERS);
        delete(deleted);
    }

    private void deleteStart(DeleteElementStart deletion) {
        Run.Start start = firstStart(Reason.NO_ELEMENT_START_TO_DELETE);
        require(start.type().equals(deletion.type()), Reason.OLD_ELEMENT_TYPE_DIFFERS);
        require(start.attributes().equals(deletion.attributes()), Reason.OLD_ATTRIBUTES_DIFFER);
        delete(take(1));
    }

    private void delete(Tree deleted) {
        annotations.checkDeletion(deleted).ifPresent(reason -> require(false, reason));
        annotations.deleted(deleted);
    }

    private void replace(ReplaceAttributes replacement) {
        Run.Start start = firstStart(Reason.NO_ELEMENT_START_TO_CHANGE);
        require(start.attributes().equals(replacement.oldAttributes()), Reason.OLD_ATTRIBUTES_DIFFER);
        take(1);
        keep(start.withAttributes(replacement.newAttributes()));
    }

    private void update(UpdateAttributes update) {
        Run.Start start = firstStart(Reason.NO_ELEMENT_START_TO_CHANGE);
        require(start.attributes().matchOldValuesOf(update.changes()), Reason.OLD_ATTRIBUTES_DIFFER);
        take(1);
        keep(start.withAttributes(start.attributes().with(update.changes())));
    }

    private Run.Start firstStart(Reason otherwise) {
        if (first() instanceof Run.Start start) {
            return start;
        }
        throw new InvalidOperationException(otherwise, component);
    }

    // The next item's run, or the empty tree at the end.
    private Tree first() {
        return rest.length() == 0 ? rest : Tree.first(rest);
    }

    private Tree take(int count) {
        Tree.Cut cut = Tree.cut(rest, count);
        rest = cut.after();
        return cut.before();
    }

    private void require(boolean condition, Reason otherwise) {
        if (!condition) {
            throw new InvalidOperationException(otherwise, component);
        }
    }
}
