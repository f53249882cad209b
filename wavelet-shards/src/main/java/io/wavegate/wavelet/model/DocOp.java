package io.wavegate.wavelet.model;

import java.util.List;

/**
 * A document operation: components that together consume the whole document (spec section 10).
 *
 * @param components in order
 */
public record DocOp(List<DocOpComponent> components) {
    public static final DocOp EMPTY = new DocOp(List.of());

    public DocOp {
        components = List.copyOf(components);
    }

    public static DocOp of(DocOpComponent... components) {
        return new DocOp(List.of(components));
    }

    public boolean isEmpty() {
        return components.isEmpty();
    }
}
