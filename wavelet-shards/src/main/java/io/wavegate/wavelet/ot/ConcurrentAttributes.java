package io.wavegate.wavelet.ot;

import io.wavegate.wavelet.model.Attributes;
import io.wavegate.wavelet.model.DocOpComponent;
import io.wavegate.wavelet.model.DocOpComponent.DeleteElementStart;
import io.wavegate.wavelet.model.DocOpComponent.ReplaceAttributes;
import io.wavegate.wavelet.model.DocOpComponent.UpdateAttributes;

/** What becomes of an operation on an element start whose attributes the other operation changes (spec 10.4). */
final class ConcurrentAttributes {
    private ConcurrentAttributes() {}

    /** A deletion names the attributes as the other side has left them. */
    static DeleteElementStart deleteAfter(DeleteElementStart deletion, UpdateAttributes other) {
        return new DeleteElementStart(deletion.type(), updated(deletion.attributes(), other));
    }

    /** A replacement that wins: it replaces what the other side has made of the attributes. */
    static ReplaceAttributes replaceAfter(ReplaceAttributes winner, DocOpComponent other) {
        Attributes before = other instanceof ReplaceAttributes replacement
                ? replacement.newAttributes()
                : updated(winner.oldAttributes(), (UpdateAttributes) other);
        return new ReplaceAttributes(before, winner.newAttributes());
    }

    private static Attributes updated(Attributes attributes, UpdateAttributes update) {
        if (!AttributeChanges.mayChange(attributes, update.changes())) {
            throw new TransformException("the operations expect different attributes of the same element");
        }
        return attributes.with(update.changes());
    }
}
