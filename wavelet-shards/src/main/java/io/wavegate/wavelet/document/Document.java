package io.wavegate.wavelet.document;

import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.DocOpComponent;
import io.wavegate.wavelet.ot.DocOpWellFormedness;
import java.util.List;

/**
 * A document: a sequence of items, which are UTF-16 code units of text, element starts and element ends, each with
 * annotations (spec section 10).
 *
 * <p>An immutable value. Applying an operation costs about the logarithm of the document's length for each component,
 * plus what is inserted, deleted or newly annotated; both documents share the rest. Equality is that of the content,
 * and costs a reading of both.
 */
public final class Document {
    public static final Document EMPTY = new Document(Tree.EMPTY);

    private final Tree items;

    private Document(Tree items) {
        this.items = items;
    }

    /**
     * Applies an operation.
     *
     * @throws InvalidOperationException if the operation is not well-formed (spec section 10.1), does not fit this
     *     document (10.2) or has annotations cost too much; the reason is the first of those, in this order
     */
    public Document apply(DocOp operation) {
        DocOpWellFormedness.check(operation).ifPresent(violation -> {
            throw new InvalidOperationException(violation);
        });
        Tree result = TextEdit.apply(items, operation.components())
                .orElseGet(() -> new Application(items, true).apply(operation));
        return result == items ? this : new Document(result);
    }

    /**
     * The document that an operation makes out of the empty one: what {@link #toOperation} gave, and so was within all bounds
     * when it came about.
     *
     * @throws InvalidOperationException as {@link #apply} does, bounds excepted
     */
    public static Document of(DocOp content) {
        DocOpWellFormedness.check(content).ifPresent(violation -> {
            throw new InvalidOperationException(violation);
        });
        return new Document(new Application(Tree.EMPTY, false).apply(content));
    }

    /** Items in the document: code units of text, element starts and element ends. */
    public int length() {
        return items.length();
    }

    /**
     * The operation that makes this document out of the empty one, in its one canonical form: texts as long as they can
     * be, boundaries where annotations change and saying only what changes.
     */
    public DocOp toOperation() {
        return new DocOp(range(0, length()));
    }

    /**
     * A part of the document as components that insert it, in the form of {@link #toOperation()}; elements need not be
     * whole. Annotations are begun at the start and ended at the end of the part.
     *
     * @param from the first item, from 0
     * @param until the item behind the last
     */
    public List<DocOpComponent> range(int from, int until) {
        if (from < 0 || until < from || until > length()) {
            throw new IndexOutOfBoundsException("items " + from + " to " + until + " of " + length());
        }
        ContentWriter writer = new ContentWriter();
        Tree.read(items, from, until, writer);
        return writer.finish();
    }

    /** Each run in order. */
    void readRuns(Tree.RunReader reader) {
        Tree.read(items, 0, length(), reader);
    }

    /** All text, without elements. */
    public String text() {
        StringBuilder text = new StringBuilder();
        Tree.read(items, 0, length(), run -> {
            if (run instanceof Run.Text piece) {
                text.append(piece.text());
            }
        });
        return text.toString();
    }

    /**
     * The elements and text as XML, without annotations. A document need not have one root element, and may have
     * control characters that XML does not allow.
     */
    public String toXml() {
        XmlWriter writer = new XmlWriter();
        Tree.read(items, 0, length(), writer);
        return writer.finish();
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Document that
                        && length() == that.length()
                        && (items == that.items || toOperation().equals(that.toOperation())));
    }

    @Override
    public int hashCode() {
        return toOperation().hashCode();
    }

    @Override
    public String toString() {
        return toXml();
    }
}
