package io.wavegate.node.demo;

import io.wavegate.node.client.TextEdits;
import io.wavegate.wavelet.document.Document;
import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.DocOpComponent;
import io.wavegate.wavelet.model.DocOpComponent.Kind;
import io.wavegate.wavelet.ot.DocOpComposer;
import java.util.ArrayList;
import java.util.List;
import java.util.ListIterator;

/**
 * What a person of a trace sees, which lags behind what his client has: edits of the other that he had not seen when he
 * typed are withheld.
 *
 * <p>Kept as runs of items, each with the transaction of the other that brought it and the one that took it away. So the
 * client's document and every state of the screen between are places in one sequence, and nothing has to be guessed
 * where a deletion that he does not see yet makes two places of his screen one in the client's document.
 */
final class Screen {
    private static final int FROM_THE_START = 0;
    private static final int NEVER = Integer.MAX_VALUE;

    private final List<Run> runs = new ArrayList<>();
    private int shown = FROM_THE_START;

    /**
     * Items next to each other with the same fate.
     *
     * @param from after how many transactions of the other they are there
     * @param until after how many they are gone
     * @param erased after how many transactions of his own they are gone
     */
    private record Run(int length, int from, int until, int erased) {
        boolean isOnScreen(int shown) {
            return from <= shown && shown < until && erased == NEVER;
        }

        boolean isInDocument() {
            return until == NEVER && erased == NEVER;
        }

        boolean isLike(Run other) {
            return from == other.from && until == other.until && erased == other.erased;
        }

        Run withLength(int other) {
            return new Run(other, from, until, erased);
        }
    }

    /** @param items the length of the document at the start */
    Screen(int items) {
        runs.add(new Run(items, FROM_THE_START, NEVER, NEVER));
    }

    /**
     * The client has taken in a delta of the other.
     *
     * @param operations as they apply to the client's document
     * @param upTo how many of his transactions there are with it
     */
    void withhold(List<DocOp> operations, int upTo) {
        for (DocOp operation : operations) {
            ListIterator<Run> place = runs.listIterator();
            for (DocOpComponent component : operation.components()) {
                switch (component.kind()) {
                    case RETAIN -> pass(place, ((DocOpComponent.Retain) component).itemCount(), NEVER);
                    case CHARACTERS -> place.add(new Run(length(component), upTo, NEVER, NEVER));
                    case DELETE_CHARACTERS -> pass(place, length(component), upTo);
                    default -> throw new IllegalStateException("a trace types text only, not " + component.kind());
                }
            }
        }
    }

    private static int length(DocOpComponent component) {
        return component.kind() == Kind.CHARACTERS
                ? ((DocOpComponent.Characters) component).text().length()
                : ((DocOpComponent.DeleteCharacters) component).text().length();
    }

    // Goes on by items of the client's document, which are gone from a transaction on.
    private static void pass(ListIterator<Run> place, int items, int until) {
        int left = items;
        while (left > 0) {
            Run run = place.next();
            if (run.isInDocument()) {
                int passed = Math.min(left, run.length());
                place.set(new Run(passed, run.from(), until, NEVER));
                if (passed < run.length()) {
                    place.add(run.withLength(run.length() - passed));
                    place.previous();
                }
                left -= passed;
            }
        }
    }

    /**
     * Shows the other's first {@code count} transactions.
     *
     * @param known how many of his own transactions the other knew of in everything of his that is still to come
     */
    void show(int count, int known) {
        shown = count;
        List<Run> merged = new ArrayList<>();
        for (Run run : runs) {
            if (run.until() > count && run.erased() > known) {
                Run now = run.from() <= count ? new Run(run.length(), FROM_THE_START, run.until(), run.erased()) : run;
                Run last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
                if (last != null && last.isLike(now)) {
                    merged.set(merged.size() - 1, last.withLength(last.length() + now.length()));
                } else {
                    merged.add(now);
                }
            }
        }
        runs.clear();
        runs.addAll(merged);
    }

    /**
     * Types.
     *
     * @param number how many he has typed with this one
     * @param document the client's document, with all that is withheld
     * @param offset where the text begins in the document, in items
     * @return the operation for the client's document
     */
    DocOp type(Trace.Transaction transaction, int number, int offset, Document document) {
        Document typedInto = document;
        DocOp typed = TextEdits.replace(0, "", "", document.length());
        for (Trace.Patch patch : transaction.patches()) {
            for (DocOp operation : type(patch, number, offset, typedInto)) {
                typedInto = typedInto.apply(operation);
                typed = DocOpComposer.composeInPlace(typed, operation);
            }
        }
        return typed;
    }

    // What is inserted stands right of the item that he sees on its left, whatever else is between that he does not
    // see.
    private List<DocOp> type(Trace.Patch patch, int number, int offset, Document document) {
        ListIterator<Run> place = runs.listIterator();
        int insertedAt = find(place, offset + patch.position());
        if (!patch.inserted().isEmpty()) {
            place.add(new Run(patch.inserted().length(), FROM_THE_START, NEVER, NEVER));
        }
        List<DocOp> operations = new ArrayList<>();
        int at = insertedAt;
        int gone = 0;
        int left = patch.deleted();
        while (left > 0) {
            Run run = place.next();
            if (run.isOnScreen(shown)) {
                int deleted = Math.min(left, run.length());
                left -= deleted;
                if (run.isInDocument()) {
                    String text = TextEdits.plain(document, at + gone, at + gone + deleted);
                    operations.add(TextEdits.replace(at, text, "", document.length() - gone));
                    gone += deleted;
                }
                place.set(new Run(deleted, run.from(), run.until(), number));
                if (deleted < run.length()) {
                    place.add(run.withLength(run.length() - deleted));
                    place.previous();
                }
            } else if (run.isInDocument()) {
                at += run.length();
            }
        }
        if (!patch.inserted().isEmpty()) {
            operations.add(TextEdits.replace(insertedAt, "", patch.inserted(), document.length() - gone));
        }
        return operations;
    }

    /**
     * Whether what a transaction inserts would stand where he erased something that the other may have typed behind
     * without knowing.
     *
     * @param sent how many of his own transactions have been sent or can be joined by no more
     */
    boolean isBesideErased(Trace.Transaction transaction, int offset, int sent) {
        for (Trace.Patch patch : transaction.patches()) {
            if (!patch.inserted().isEmpty()) {
                ListIterator<Run> place = runs.listIterator();
                find(place, offset + patch.position());
                while (place.hasNext()) {
                    Run run = place.next();
                    if (run.isInDocument()) {
                        break;
                    }
                    if (run.erased() <= sent) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    // Goes to behind so many items of the screen, and tells how many of the client's document those are.
    private int find(ListIterator<Run> place, int items) {
        int left = items;
        int at = 0;
        while (left > 0) {
            Run run = place.next();
            if (run.isOnScreen(shown) && run.length() > left) {
                place.set(run.withLength(left));
                place.add(run.withLength(run.length() - left));
                place.previous();
                return run.isInDocument() ? at + left : at;
            }
            left -= run.isOnScreen(shown) ? run.length() : 0;
            at += run.isInDocument() ? run.length() : 0;
        }
        return at;
    }
}
