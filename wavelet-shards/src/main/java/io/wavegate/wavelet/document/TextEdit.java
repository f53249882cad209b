package io.wavegate.wavelet.document;

import io.wavegate.wavelet.model.DocOpComponent;
import io.wavegate.wavelet.model.DocOpComponent.Characters;
import io.wavegate.wavelet.model.DocOpComponent.DeleteCharacters;
import io.wavegate.wavelet.model.DocOpComponent.Retain;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The commonest operations by far, in one step: somebody types or deletes inside a text. One run and the branches above
 * it are made anew, nothing is cut, joined or balanced. Everything else, and every operation that does not fit, is left
 * to {@link Application}.
 *
 * <p>Why annotations need no look: the item left of the place is in the same run, so an insertion inherits the run's
 * annotations, and a deletion finds in the run just what it must be reset to (spec section 10.2).
 */
final class TextEdit {
    private TextEdit() {}

    /** The document after an operation of the form retain, text, retain; empty if this is not the way to apply it. */
    static Optional<Tree> apply(Tree document, List<DocOpComponent> components) {
        int count = components.size();
        if (count < 2 || count > 3 || !(components.get(0) instanceof Retain before)) {
            return Optional.empty();
        }
        long after = 0;
        if (count == 3) {
            if (!(components.get(2) instanceof Retain rest)) {
                return Optional.empty();
            }
            after = rest.itemCount();
        }
        String deleted = components.get(1) instanceof DeleteCharacters deletion ? deletion.text() : "";
        String inserted = components.get(1) instanceof Characters insertion ? insertion.text() : "";
        boolean isEdit = !deleted.isEmpty() || !inserted.isEmpty();
        boolean fits = before.itemCount() + after + deleted.length() == document.length()
                && (long) document.length() + inserted.length() <= Integer.MAX_VALUE;
        return isEdit && fits
                ? Optional.ofNullable(edit(document, before.itemCount(), deleted, inserted))
                : Optional.empty();
    }

    private static @Nullable Tree edit(Tree tree, int at, String deleted, String inserted) {
        if (tree instanceof Tree.Branch branch) {
            int leftLength = branch.left.length();
            // At the seam the left side has the item that decides.
            if (at <= leftLength) {
                Tree left = edit(branch.left, at, deleted, inserted);
                return left == null ? null : new Tree.Branch(left, branch.right);
            }
            Tree right = edit(branch.right, at - leftLength, deleted, inserted);
            return right == null ? null : new Tree.Branch(branch.left, right);
        }
        if (!(tree instanceof Run.Text run)) {
            return null;
        }
        String text = run.text();
        int length = text.length() + inserted.length() - deleted.length();
        if (length > Run.Text.LIMIT || !text.startsWith(deleted, at)) {
            return null;
        }
        String edited = text.substring(0, at).concat(inserted).concat(text.substring(at + deleted.length()));
        return new Run.Text(edited, run.annotations());
    }
}
