package io.wavegate.wavelet.ot;

import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.DocOpComponent;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks the rules that an operation must keep whatever document it is for (spec section 10.1).
 *
 * <p>Works on components as they come from the wire: the order of keys in boundaries is theirs and must be ascending.
 * Attributes of elements and replacements are sorted and unique by their type already; whoever decodes them keeps the
 * last of equal names, as the reference does. Updates of attributes are sorted by their type, but repeat no key.
 *
 * <p>The rule reported is the one the reference reports: first any about one component's keys alone
 * ({@link Rule#concernsKeysOfOneComponent()}), which it checks while reading, then the first in the order of components.
 */
public final class DocOpWellFormedness {
    private DocOpWellFormedness() {}

    /** The first rule that the operation breaks, or empty if it is well-formed. */
    public static Optional<Violation> check(DocOp operation) {
        List<DocOpComponent> components = operation.components();
        for (int i = 0; i < components.size(); i++) {
            @Nullable Rule broken = ComponentKeys.check(components.get(i));
            if (broken != null) {
                return Optional.of(Violation.of(broken, i));
            }
        }
        StructureChecker checker = new StructureChecker();
        for (int i = 0; i < components.size(); i++) {
            @Nullable Rule broken = checker.check(components.get(i));
            if (broken != null) {
                return Optional.of(Violation.of(broken, i));
            }
        }
        @Nullable Rule broken = checker.checkEnd();
        return broken == null ? Optional.empty() : Optional.of(Violation.of(broken, components.size()));
    }
}
