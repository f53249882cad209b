package io.wavegate.wavelet.ot;

import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.DocOpComponent;
import java.util.List;

/** Brings an operation into normal form (spec section 10.3), which does not change what it does. */
public final class DocOpNormalizer {
    private DocOpNormalizer() {}

    public static DocOp normalize(DocOp operation) {
        List<DocOpComponent> components = operation.components();
        DocOpWriter writer = new DocOpWriter(components.size());
        for (DocOpComponent component : components) {
            writer.any(component);
        }
        return writer.finish();
    }
}
