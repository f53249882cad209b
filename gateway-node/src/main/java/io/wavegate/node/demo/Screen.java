package io.wavegate.node.demo;

import io.wavegate.node.client.TextEdits;
import io.wavegate.wavelet.document.Document;
import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.ot.DocOpComposer;
import io.wavegate.wavelet.ot.DocOpTransformer;
import io.wavegate.wavelet.ot.TransformedPair;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What a person of a trace sees, which lags behind what his client has: edits of the other that he had not seen when he
 * typed are withheld.
 *
 * <pre>
 *   client's document = screen + withheld edits
 * </pre>
 *
 * What he types is an operation on the screen; to give it to the client it is transformed over what is withheld, and
 * what is withheld over it. He is the client of that transformation, as he will be at the host, where the withheld edits are
 * history already.
 */
final class Screen {
    private final Deque<Withheld> withheld = new ArrayDeque<>();
    private Document shown;

    /** One delta of the other: its operations, and how many of his transactions there are with it. */
    private record Withheld(List<DocOp> operations, int upTo) {}

    Screen(Document shown) {
        this.shown = shown;
    }

    /** The client has taken in a delta of the other. */
    void withhold(List<DocOp> operations, int upTo) {
        withheld.addLast(new Withheld(new ArrayList<>(operations), upTo));
    }

    /**
     * Shows the other's first {@code count} transactions.
     *
     * @throws IllegalStateException if a delta has both some of those and later ones: it was cut wrongly
     */
    void show(int count) {
        while (!withheld.isEmpty() && withheld.getFirst().upTo() <= count) {
            for (DocOp operation : withheld.removeFirst().operations()) {
                shown = shown.apply(operation);
            }
        }
    }

    /**
     * Types.
     *
     * @param offset where the text begins in the document, in items
     * @return the operation for the client's document
     */
    DocOp type(Trace.Transaction transaction, int offset) {
        List<DocOp> typed = new ArrayList<>();
        for (Trace.Patch patch : transaction.patches()) {
            int from = offset + patch.position();
            String gone = TextEdits.plain(shown, from, from + patch.deleted());
            DocOp operation = TextEdits.replace(from, gone, patch.inserted(), shown.length());
            shown = shown.apply(operation);
            typed.add(operation);
        }
        if (typed.isEmpty()) {
            typed.add(TextEdits.replace(0, "", "", shown.length()));
        }
        return overWithheld(DocOpComposer.compose(typed));
    }

    private DocOp overWithheld(DocOp typed) {
        DocOp operation = typed;
        for (Withheld delta : withheld) {
            for (int i = 0; i < delta.operations().size(); i++) {
                TransformedPair pair =
                        DocOpTransformer.transform(operation, delta.operations().get(i));
                operation = pair.client();
                delta.operations().set(i, pair.server());
            }
        }
        return operation;
    }
}
