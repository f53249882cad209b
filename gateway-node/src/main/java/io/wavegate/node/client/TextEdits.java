package io.wavegate.node.client;

import io.wavegate.wavelet.document.Document;
import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.DocOpComponent;
import io.wavegate.wavelet.model.DocOpComponent.Characters;
import io.wavegate.wavelet.model.DocOpComponent.DeleteCharacters;
import io.wavegate.wavelet.model.DocOpComponent.Retain;
import java.util.ArrayList;
import java.util.List;

/** Document operations for edits of plain, unannotated text by position. */
public final class TextEdits {

    private TextEdits() {}

    /**
     * Replaces text. What comes stands where the deleted text began, left of what others insert behind it meanwhile.
     *
     * @param position where, in items: UTF-16 code units, element starts and element ends
     * @param deleted the text that stands there and goes; may be empty
     * @param inserted the text that comes; may be empty
     * @param length the document's length in items before the edit
     */
    public static DocOp replace(int position, String deleted, String inserted, int length) {
        List<DocOpComponent> components = new ArrayList<>(4);
        int rest = length - position - deleted.length();
        if (position < 0 || rest < 0) {
            throw new IllegalArgumentException(
                    "an edit at " + position + " of " + deleted.length() + " items is outside a document of " + length);
        }
        retain(position, components);
        // Insertion first: behind the deletion it would stand at one place with what others insert on the right of the
        // deleted text, and the order of the two would be chance (spec 10.4).
        if (!inserted.isEmpty()) {
            components.add(new Characters(inserted));
        }
        if (!deleted.isEmpty()) {
            components.add(new DeleteCharacters(deleted));
        }
        retain(rest, components);
        return new DocOp(components);
    }

    /**
     * The text of a part of a document.
     *
     * @throws IllegalArgumentException if the part has elements or annotations: deleting those takes more than text
     */
    public static String plain(Document document, int from, int until) {
        if (from == until) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        for (DocOpComponent component : document.range(from, until)) {
            if (!(component instanceof Characters characters)) {
                throw new IllegalArgumentException("items " + from + " to " + until + " are not plain text");
            }
            text.append(characters.text());
        }
        return text.toString();
    }

    private static void retain(int items, List<DocOpComponent> components) {
        if (items > 0) {
            components.add(new Retain(items));
        }
    }
}
