package io.wavegate.load.sim;

import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.DocOpComponent;
import java.util.ArrayList;
import java.util.List;

/** A document of text only, as a simulated client keeps it. */
final class SimText {
    private SimText() {}

    /** The text after an operation of the wavelet's history. */
    static String after(String text, DocOp operation) {
        StringBuilder made = new StringBuilder(text.length() + 8);
        int at = 0;
        for (DocOpComponent component : operation.components()) {
            if (component instanceof DocOpComponent.Retain retain) {
                made.append(text, at, at + retain.itemCount());
                at += retain.itemCount();
            } else if (component instanceof DocOpComponent.Characters inserted) {
                made.append(inserted.text());
            } else if (component instanceof DocOpComponent.DeleteCharacters deleted) {
                if (!text.startsWith(deleted.text(), at)) {
                    throw new IllegalStateException(
                            "deletes \"" + deleted.text() + "\" at " + at + " of \"" + text + "\"");
                }
                at += deleted.text().length();
            }
        }
        if (at != text.length()) {
            throw new IllegalStateException("an operation of length " + at + " on \"" + text + "\"");
        }
        return made.toString();
    }

    /** Replaces some characters by others; what is inserted makes it unlike every other edit of the author. */
    static DocOp edit(String text, int at, int delete, String insert) {
        List<DocOpComponent> parts = new ArrayList<>(4);
        if (at > 0) {
            parts.add(new DocOpComponent.Retain(at));
        }
        parts.add(new DocOpComponent.Characters(insert));
        if (delete > 0) {
            parts.add(new DocOpComponent.DeleteCharacters(text.substring(at, at + delete)));
        }
        int rest = text.length() - at - delete;
        if (rest > 0) {
            parts.add(new DocOpComponent.Retain(rest));
        }
        return new DocOp(parts);
    }
}
