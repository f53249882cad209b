package io.wavegate.wavelet.ot;

import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.DocOpComponent;
import io.wavegate.wavelet.model.DocOpComponent.AnnotationBoundary;
import io.wavegate.wavelet.model.DocOpComponent.Characters;
import io.wavegate.wavelet.model.DocOpComponent.DeleteCharacters;
import io.wavegate.wavelet.model.DocOpComponent.Kind;
import io.wavegate.wavelet.model.DocOpComponent.Retain;
import io.wavegate.wavelet.model.DocOpComponent.ValueChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Collects components into an operation in normal form (spec section 10.3): neighbouring retains and texts become one,
 * and annotation changes are held back until the next component they matter for, where only what differs from the state
 * written so far is said, in the order of the keys.
 */
public final class DocOpWriter {
    // A change that stands for the end of one, while it waits.
    private static final ValueChange END = new ValueChange("", Optional.empty(), Optional.empty());

    private final List<DocOpComponent> written;
    private final TextRun text = new TextRun();
    private @Nullable Kind run;
    private int retained;
    private KeyMap<ValueChange> open = new KeyMap<>();
    private KeyMap<ValueChange> waiting = new KeyMap<>();

    /** @param expectedComponents a guess at the size of the result */
    public DocOpWriter(int expectedComponents) {
        written = new ArrayList<>(expectedComponents);
    }

    public void retain(int itemCount) {
        if (itemCount <= 0) {
            return;
        }
        flushAnnotations();
        if (run != Kind.RETAIN || retained > Integer.MAX_VALUE - itemCount) {
            flushRun();
            run = Kind.RETAIN;
        }
        retained += itemCount;
    }

    public void characters(String source) {
        text(Kind.CHARACTERS, source, 0, source.length());
    }

    /** Inserts a part of a text. */
    public void characters(String source, int from, int until) {
        text(Kind.CHARACTERS, source, from, until);
    }

    public void deleteCharacters(String source) {
        text(Kind.DELETE_CHARACTERS, source, 0, source.length());
    }

    /** Deletes a part of a text. */
    public void deleteCharacters(String source, int from, int until) {
        text(Kind.DELETE_CHARACTERS, source, from, until);
    }

    /** Writes a component of one item: of an element's start or end. */
    public void item(DocOpComponent component) {
        flushAnnotations();
        flushRun();
        written.add(component);
    }

    /** Begins a change of an annotation here, or replaces the one of the same key. */
    public void change(ValueChange change) {
        waiting.put(change.key(), change);
    }

    /** Ends the change of an annotation here, if there is one. */
    public void end(String key) {
        waiting.put(key, END);
    }

    public void boundary(AnnotationBoundary boundary) {
        for (ValueChange change : boundary.changes()) {
            change(change);
        }
        for (String key : boundary.ends()) {
            end(key);
        }
    }

    /** Writes any component; the components of one item as they are. */
    public void any(DocOpComponent component) {
        switch (component.kind()) {
            case RETAIN -> retain(((Retain) component).itemCount());
            case CHARACTERS -> characters(((Characters) component).text());
            case DELETE_CHARACTERS -> deleteCharacters(((DeleteCharacters) component).text());
            case ANNOTATION_BOUNDARY -> boundary((AnnotationBoundary) component);
            default -> item(component);
        }
    }

    /** The operation. Changes of annotations still open stay open: that is the caller's mistake to make. */
    public DocOp finish() {
        flushAnnotations();
        flushRun();
        return new DocOp(written);
    }

    /** What was written, for callers that want a part of an operation. */
    public List<DocOpComponent> components() {
        return finish().components();
    }

    private void text(Kind kind, String source, int from, int until) {
        if (from == until) {
            return;
        }
        flushAnnotations();
        if (run != kind) {
            flushRun();
            run = kind;
        }
        text.append(source, from, until);
    }

    private void flushRun() {
        if (run == null) {
            return;
        }
        if (run == Kind.RETAIN) {
            written.add(new Retain(retained));
            retained = 0;
        } else if (run == Kind.CHARACTERS) {
            written.add(new Characters(text.take()));
        } else {
            written.add(new DeleteCharacters(text.take()));
        }
        run = null;
    }

    private void flushAnnotations() {
        if (!waiting.isEmpty()) {
            writeBoundary();
        }
    }

    private void writeBoundary() {
        List<String> ends = new ArrayList<>(waiting.size());
        List<ValueChange> changes = new ArrayList<>(waiting.size());
        for (int i = 0; i < waiting.size(); i++) {
            String key = waiting.key(i);
            ValueChange change = waiting.value(i);
            ValueChange now = open.get(key);
            if (change == END) {
                if (now != null) {
                    open.remove(key);
                    ends.add(key);
                }
            } else if (change != null && !change.equals(now)) {
                open.put(key, change);
                changes.add(change);
            }
        }
        waiting.clear();
        if (!ends.isEmpty() || !changes.isEmpty()) {
            flushRun();
            written.add(new AnnotationBoundary(ends, changes));
        }
    }
}
