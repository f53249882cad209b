package io.wavegate.wavelet.document;

import io.wavegate.wavelet.model.Attributes;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Looks at how many objects the annotations of a document are. */
final class AnnotationObjects {
    private AnnotationObjects() {}

    static int of(Document document) {
        Set<Attributes> found = Collections.newSetFromMap(new IdentityHashMap<>());
        document.readRuns(run -> found.add(run.annotations()));
        return found.size();
    }
}
