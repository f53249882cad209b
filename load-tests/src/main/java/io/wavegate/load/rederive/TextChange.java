package io.wavegate.load.rederive;

import io.wavegate.wavelet.codec.proto.ProtocolDocumentOperation;

/**
 * A change of a text, character by character: two letters for each character that is kept, deleted or inserted. The first says
 * what is done, the second to which; it is a blank where one is kept. Text, because a run makes millions of them.
 *
 * @param items in the order of the text
 */
record TextChange(String items) {
    private static final char KEEP = '=';
    private static final char INSERT = '+';
    private static final char DELETE = '-';
    private static final String KEPT = "= ";

    static TextChange read(ProtocolDocumentOperation message) {
        StringBuilder items = new StringBuilder();
        for (ProtocolDocumentOperation.Component component : message.getComponentList()) {
            if (component.hasCharacters()) {
                add(items, INSERT, component.getCharacters());
            } else if (component.hasDeleteCharacters()) {
                add(items, DELETE, component.getDeleteCharacters());
            } else if (component.hasRetainItemCount()) {
                items.append(KEPT.repeat(component.getRetainItemCount()));
            } else {
                throw new NotDerivableException("only text can be judged, and this is none: " + component);
            }
        }
        return new TextChange(items.toString());
    }

    private static void add(StringBuilder items, char what, String letters) {
        for (int i = 0; i < letters.length(); i++) {
            items.append(what).append(letters.charAt(i));
        }
    }

    /**
     * This change, made for the same text as another, as it is after that one: at one place what this one inserts stands left
     * of what the other inserts, and what the other deleted is not there any more (spec 10.4 for text).
     */
    TextChange over(TextChange other) {
        StringBuilder made = new StringBuilder(items.length() + other.items.length());
        int mine = 0;
        int theirs = 0;
        while (mine < items.length() || theirs < other.items.length()) {
            if (inserts(mine)) {
                made.append(items, mine, mine + 2);
                mine += 2;
            } else if (other.inserts(theirs)) {
                made.append(KEPT);
                theirs += 2;
            } else if (mine == items.length() || theirs == other.items.length()) {
                throw new NotDerivableException("two concurrent edits are for texts of different lengths");
            } else {
                if (other.items.charAt(theirs) == KEEP) {
                    made.append(items, mine, mine + 2);
                }
                mine += 2;
                theirs += 2;
            }
        }
        return new TextChange(made.toString());
    }

    private boolean inserts(int at) {
        return at < items.length() && items.charAt(at) == INSERT;
    }

    /** The text after it. */
    String after(String text) {
        StringBuilder made = new StringBuilder();
        int at = 0;
        for (int i = 0; i < items.length(); i += 2) {
            char letter = items.charAt(i + 1);
            if (inserts(i)) {
                made.append(letter);
                continue;
            }
            if (at == text.length()) {
                throw new NotDerivableException("an edit for a text longer than \"" + text + "\"");
            }
            char there = text.charAt(at++);
            if (items.charAt(i) == KEEP) {
                made.append(there);
            } else if (there != letter) {
                throw new NotDerivableException(
                        "deletes '" + letter + "' where there is '" + there + "' in \"" + text + "\"");
            }
        }
        if (at < text.length()) {
            throw new NotDerivableException("an edit of " + at + " characters of \"" + text + "\"");
        }
        return made.toString();
    }
}
