package io.wavegate.wavelet.authority;

import io.wavegate.wavelet.model.WaveletOperation;
import io.wavegate.wavelet.model.WaveletOperation.MutateDocument;
import io.wavegate.wavelet.ot.DocOpWellFormedness;
import io.wavegate.wavelet.ot.Violation;
import java.util.List;
import java.util.Optional;

/** Checks of operations that need no wavelet. */
public final class OperationChecks {
    private OperationChecks() {}

    /**
     * What is ill-formed about the first operation that is (spec 10.1), or beyond {@link AnnotationWork#MOST}, for a person;
     * empty if none is.
     */
    public static Optional<String> illFormed(List<WaveletOperation> operations) {
        for (int i = 0; i < operations.size(); i++) {
            if (operations.get(i) instanceof MutateDocument mutation) {
                Optional<Violation> violation = DocOpWellFormedness.check(mutation.operation());
                if (violation.isPresent()) {
                    return Optional.of("operation " + i + " is ill-formed: "
                            + violation.get().text());
                } else if (AnnotationWork.of(mutation.operation()) > AnnotationWork.MOST) {
                    return Optional.of("operation " + i + " changes too many annotations in too many places: split it");
                }
            }
        }
        return Optional.empty();
    }
}
