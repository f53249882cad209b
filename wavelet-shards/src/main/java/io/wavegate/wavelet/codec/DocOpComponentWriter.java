package io.wavegate.wavelet.codec;

import io.wavegate.wavelet.codec.proto.ProtocolDocumentOperation.Component;
import io.wavegate.wavelet.model.Attributes;
import io.wavegate.wavelet.model.DocOpComponent;
import io.wavegate.wavelet.model.DocOpComponent.AnnotationBoundary;
import io.wavegate.wavelet.model.DocOpComponent.Characters;
import io.wavegate.wavelet.model.DocOpComponent.DeleteCharacters;
import io.wavegate.wavelet.model.DocOpComponent.DeleteElementEnd;
import io.wavegate.wavelet.model.DocOpComponent.DeleteElementStart;
import io.wavegate.wavelet.model.DocOpComponent.ElementEnd;
import io.wavegate.wavelet.model.DocOpComponent.ElementStart;
import io.wavegate.wavelet.model.DocOpComponent.ReplaceAttributes;
import io.wavegate.wavelet.model.DocOpComponent.Retain;
import io.wavegate.wavelet.model.DocOpComponent.UpdateAttributes;
import io.wavegate.wavelet.model.DocOpComponent.ValueChange;
import java.util.ArrayList;
import java.util.List;

/** Writes single components of document operations in the canonical form (spec section 4). */
final class DocOpComponentWriter {
    private DocOpComponentWriter() {}

    static Component write(DocOpComponent component) {
        Component.Builder c = Component.newBuilder();
        if (component instanceof AnnotationBoundary boundary) {
            c.setAnnotationBoundary(boundary(boundary));
        } else if (component instanceof Characters characters) {
            c.setCharacters(characters.text());
        } else if (component instanceof ElementStart start) {
            c.setElementStart(element(start.type(), start.attributes()));
        } else if (component instanceof ElementEnd) {
            c.setElementEnd(true);
        } else if (component instanceof Retain retain) {
            c.setRetainItemCount(retain.itemCount());
        } else if (component instanceof DeleteCharacters characters) {
            c.setDeleteCharacters(characters.text());
        } else if (component instanceof DeleteElementStart start) {
            c.setDeleteElementStart(element(start.type(), start.attributes()));
        } else if (component instanceof DeleteElementEnd) {
            c.setDeleteElementEnd(true);
        } else if (component instanceof ReplaceAttributes replacement) {
            c.setReplaceAttributes(replacement(replacement));
        } else if (component instanceof UpdateAttributes update) {
            c.setUpdateAttributes(update(update));
        }
        return c.build();
    }

    private static Component.AnnotationBoundary boundary(AnnotationBoundary boundary) {
        Component.AnnotationBoundary.Builder b = Component.AnnotationBoundary.newBuilder();
        return boundary.ends().isEmpty() && boundary.changes().isEmpty()
                ? b.setEmpty(true).build()
                : b.addAllEnd(boundary.ends())
                        .addAllChange(updates(boundary.changes()))
                        .build();
    }

    private static Component.ReplaceAttributes replacement(ReplaceAttributes replacement) {
        Component.ReplaceAttributes.Builder r = Component.ReplaceAttributes.newBuilder();
        return replacement.oldAttributes().isEmpty()
                        && replacement.newAttributes().isEmpty()
                ? r.setEmpty(true).build()
                : r.addAllOldAttribute(pairs(replacement.oldAttributes()))
                        .addAllNewAttribute(pairs(replacement.newAttributes()))
                        .build();
    }

    private static Component.UpdateAttributes update(UpdateAttributes update) {
        Component.UpdateAttributes.Builder u = Component.UpdateAttributes.newBuilder();
        return update.changes().isEmpty()
                ? u.setEmpty(true).build()
                : u.addAllAttributeUpdate(updates(update.changes())).build();
    }

    private static Component.ElementStart element(String type, Attributes attributes) {
        return Component.ElementStart.newBuilder()
                .setType(type)
                .addAllAttribute(pairs(attributes))
                .build();
    }

    private static List<Component.KeyValuePair> pairs(Attributes attributes) {
        List<Component.KeyValuePair> pairs = new ArrayList<>(attributes.values().size());
        attributes
                .values()
                .forEach((key, value) -> pairs.add(Component.KeyValuePair.newBuilder()
                        .setKey(key)
                        .setValue(value)
                        .build()));
        return pairs;
    }

    private static List<Component.KeyValueUpdate> updates(List<ValueChange> changes) {
        return changes.stream()
                .map(change -> {
                    Component.KeyValueUpdate.Builder update =
                            Component.KeyValueUpdate.newBuilder().setKey(change.key());
                    change.oldValue().ifPresent(update::setOldValue);
                    change.newValue().ifPresent(update::setNewValue);
                    return update.build();
                })
                .toList();
    }
}
