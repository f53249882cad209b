package io.wavegate.wavelet.document;

import io.wavegate.wavelet.model.Attributes;
import io.wavegate.wavelet.model.DocOpComponent;
import io.wavegate.wavelet.model.DocOpComponent.ElementEnd;
import io.wavegate.wavelet.model.DocOpComponent.ElementStart;
import io.wavegate.wavelet.model.DocOpComponent.ValueChange;
import io.wavegate.wavelet.ot.DocOpWriter;
import java.util.List;
import java.util.Optional;

/** Writes runs as components that insert them. */
final class ContentWriter implements Tree.RunReader {
    private final DocOpWriter writer = new DocOpWriter(16);
    private Attributes current = Attributes.NONE;

    @Override
    public void read(Run run) {
        annotate(run.annotations());
        if (run instanceof Run.Text text) {
            writer.characters(text.text());
        } else if (run instanceof Run.Start start) {
            writer.item(new ElementStart(start.type(), start.attributes()));
        } else {
            writer.item(ElementEnd.INSTANCE);
        }
    }

    List<DocOpComponent> finish() {
        annotate(Attributes.NONE);
        return writer.components();
    }

    // Both are sorted by key: one walk finds what ends and what changes.
    private void annotate(Attributes next) {
        if (next == current) {
            return;
        }
        int old = 0;
        for (int i = 0; i < next.size(); i++) {
            String key = next.name(i);
            while (old < current.size() && current.name(old).compareTo(key) < 0) {
                writer.end(current.name(old++));
            }
            if (old < current.size() && current.name(old).equals(key)) {
                old++;
            }
            writer.change(new ValueChange(key, Optional.empty(), Optional.of(next.value(i))));
        }
        while (old < current.size()) {
            writer.end(current.name(old++));
        }
        current = next;
    }
}
