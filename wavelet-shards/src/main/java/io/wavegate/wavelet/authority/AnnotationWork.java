package io.wavegate.wavelet.authority;

import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.DocOpComponent;
import io.wavegate.wavelet.model.DocOpComponent.AnnotationBoundary;
import io.wavegate.wavelet.model.DocOpComponent.ValueChange;
import java.util.HashSet;
import java.util.Set;

/**
 * What the annotations of an operation cost whoever applies it, from the operation alone, so that all come to the same: at
 * each boundary the keys that are open then, since what follows needs annotations of its own, and at each deletion the same,
 * since each key is looked up in what is deleted. A few hundred kilobytes that open twenty thousand keys one after the other
 * would fill gigabytes.
 */
final class AnnotationWork {
    /** Far beyond what people do: a thousand changes of style in a place that has a thousand keys. */
    static final long MOST = 1_000_000;

    private AnnotationWork() {}

    /** Of a well-formed operation; beyond {@link #MOST} it is not counted on. */
    static long of(DocOp operation) {
        Set<String> open = new HashSet<>();
        long work = 0;
        for (DocOpComponent component : operation.components()) {
            switch (component.kind()) {
                case ANNOTATION_BOUNDARY -> {
                    AnnotationBoundary boundary = (AnnotationBoundary) component;
                    boundary.ends().forEach(open::remove);
                    boundary.changes().stream().map(ValueChange::key).forEach(open::add);
                    work += open.size();
                }
                case DELETE_CHARACTERS, DELETE_ELEMENT_START, DELETE_ELEMENT_END -> work += open.size();
                default -> {}
            }
            if (work > MOST) {
                return work;
            }
        }
        return work;
    }
}
