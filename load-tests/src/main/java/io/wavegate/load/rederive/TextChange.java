package io.wavegate.load.rederive;

import io.wavegate.wavelet.codec.proto.ProtocolDocumentOperation;
import java.util.ArrayList;
import java.util.List;

/**
 * A change of a text, character by character: one item for each character that is kept, deleted or inserted.
 *
 * @param items in the order of the text
 */
record TextChange(List<Item> items) {
    TextChange {
        items = List.copyOf(items);
    }

    static TextChange read(ProtocolDocumentOperation message) {
        List<Item> items = new ArrayList<>();
        for (ProtocolDocumentOperation.Component component : message.getComponentList()) {
            if (component.hasCharacters()) {
                component.getCharacters().chars().forEach(c -> items.add(new Item(Item.Kind.INSERT, (char) c)));
            } else if (component.hasDeleteCharacters()) {
                component.getDeleteCharacters().chars().forEach(c -> items.add(new Item(Item.Kind.DELETE, (char) c)));
            } else if (component.hasRetainItemCount()) {
                for (int i = 0; i < component.getRetainItemCount(); i++) {
                    items.add(Item.KEEP);
                }
            } else {
                throw new NotDerivableException("only text can be judged, and this is none: " + component);
            }
        }
        return new TextChange(items);
    }

    /**
     * This change, made for the same text as another, as it is after that one: at one place what this one inserts stands left
     * of what the other inserts, and what the other deleted is not there any more (spec 10.4 for text).
     */
    TextChange over(TextChange other) {
        List<Item> made = new ArrayList<>();
        int mine = 0;
        int theirs = 0;
        while (mine < items.size() || theirs < other.items.size()) {
            if (mine < items.size() && items.get(mine).inserts()) {
                made.add(items.get(mine++));
            } else if (theirs < other.items.size() && other.items.get(theirs).inserts()) {
                made.add(Item.KEEP);
                theirs++;
            } else if (mine == items.size() || theirs == other.items.size()) {
                throw new NotDerivableException("two concurrent edits are for texts of different lengths");
            } else {
                Item ours = items.get(mine++);
                if (other.items.get(theirs++).kind() == Item.Kind.KEEP) {
                    made.add(ours);
                }
            }
        }
        return new TextChange(made);
    }

    /** The text after it. */
    String after(String text) {
        StringBuilder made = new StringBuilder();
        int at = 0;
        for (Item item : items) {
            if (item.inserts()) {
                made.append(item.letter());
                continue;
            }
            if (at == text.length()) {
                throw new NotDerivableException("an edit for a text longer than \"" + text + "\"");
            }
            char there = text.charAt(at++);
            if (item.kind() == Item.Kind.KEEP) {
                made.append(there);
            } else if (there != item.letter()) {
                throw new NotDerivableException(
                        "deletes '" + item.letter() + "' where there is '" + there + "' in \"" + text + "\"");
            }
        }
        if (at < text.length()) {
            throw new NotDerivableException("an edit of " + at + " characters of \"" + text + "\"");
        }
        return made.toString();
    }
}
