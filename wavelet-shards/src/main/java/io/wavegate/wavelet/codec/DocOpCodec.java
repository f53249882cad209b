package io.wavegate.wavelet.codec;

import io.wavegate.wavelet.codec.proto.ProtocolDocumentOperation;
import io.wavegate.wavelet.codec.proto.ProtocolDocumentOperation.Component;
import io.wavegate.wavelet.model.Attributes;
import io.wavegate.wavelet.model.DocOp;
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
import java.util.Optional;
import java.util.TreeMap;

/**
 * Document operations (spec section 4). Reads any message: what it says may be ill-formed, which is for the rules of
 * spec 10.1 to find. Writes the canonical form.
 */
public final class DocOpCodec {
    private DocOpCodec() {}

    /** The operation in a message. Of each component the first field counts; one without any is skipped. */
    public static DocOp fromProto(ProtocolDocumentOperation message) {
        List<DocOpComponent> components = new ArrayList<>(message.getComponentCount());
        for (Component component : message.getComponentList()) {
            component(component).ifPresent(components::add);
        }
        return new DocOp(components);
    }

    /** The canonical message of an operation. */
    public static ProtocolDocumentOperation toProto(DocOp operation) {
        ProtocolDocumentOperation.Builder message = ProtocolDocumentOperation.newBuilder();
        operation.components().forEach(component -> message.addComponent(DocOpComponentWriter.write(component)));
        return message.build();
    }

    // Ends count by presence, even when they say false.
    private static Optional<DocOpComponent> component(Component c) {
        DocOpComponent component = null;
        if (c.hasAnnotationBoundary()) {
            component = boundary(c.getAnnotationBoundary());
        } else if (c.hasCharacters()) {
            component = new Characters(c.getCharacters());
        } else if (c.hasElementStart()) {
            component = new ElementStart(
                    c.getElementStart().getType(),
                    attributes(c.getElementStart().getAttributeList()));
        } else if (c.hasElementEnd()) {
            component = ElementEnd.INSTANCE;
        } else if (c.hasRetainItemCount()) {
            component = new Retain(c.getRetainItemCount());
        } else if (c.hasDeleteCharacters()) {
            component = new DeleteCharacters(c.getDeleteCharacters());
        } else if (c.hasDeleteElementStart()) {
            component = new DeleteElementStart(
                    c.getDeleteElementStart().getType(),
                    attributes(c.getDeleteElementStart().getAttributeList()));
        } else if (c.hasDeleteElementEnd()) {
            component = DeleteElementEnd.INSTANCE;
        } else if (c.hasReplaceAttributes()) {
            component = replacement(c.getReplaceAttributes());
        } else if (c.hasUpdateAttributes()) {
            component = update(c.getUpdateAttributes());
        }
        return Optional.ofNullable(component);
    }

    private static AnnotationBoundary boundary(Component.AnnotationBoundary boundary) {
        return boundary.getEmpty()
                ? new AnnotationBoundary(List.of(), List.of())
                : new AnnotationBoundary(boundary.getEndList(), changes(boundary.getChangeList()));
    }

    private static ReplaceAttributes replacement(Component.ReplaceAttributes replacement) {
        return replacement.getEmpty()
                ? new ReplaceAttributes(Attributes.NONE, Attributes.NONE)
                : new ReplaceAttributes(
                        attributes(replacement.getOldAttributeList()), attributes(replacement.getNewAttributeList()));
    }

    private static UpdateAttributes update(Component.UpdateAttributes update) {
        return update.getEmpty()
                ? new UpdateAttributes(List.of())
                : new UpdateAttributes(changes(update.getAttributeUpdateList()));
    }

    // The reference sorts what it reads here, and of two with one name takes the last (spec 10.1).
    private static Attributes attributes(List<Component.KeyValuePair> pairs) {
        if (pairs.isEmpty()) {
            return Attributes.NONE;
        }
        TreeMap<String, String> values = new TreeMap<>();
        pairs.forEach(pair -> values.put(pair.getKey(), pair.getValue()));
        return Attributes.of(values);
    }

    private static List<ValueChange> changes(List<Component.KeyValueUpdate> updates) {
        return updates.stream()
                .map(update -> new ValueChange(
                        update.getKey(),
                        update.hasOldValue() ? Optional.of(update.getOldValue()) : Optional.empty(),
                        update.hasNewValue() ? Optional.of(update.getNewValue()) : Optional.empty()))
                .toList();
    }
}
