package io.wavegate.wavelet.document;

import io.wavegate.wavelet.ot.Violation;
import java.util.Optional;

/** An operation cannot be applied to a document; the document is unchanged, as documents are. */
public final class InvalidOperationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final transient Optional<Violation> violation;

    InvalidOperationException(Reason reason, int component) {
        // Refusing is an ordinary answer to a peer's input: no stack trace, no suppression.
        super(reason.slug().replace('-', ' ') + " at component " + component, null, false, false);
        this.reason = reason;
        this.violation = Optional.empty();
    }

    InvalidOperationException(Violation violation) {
        super(violation.text(), null, false, false);
        this.reason = Reason.ILL_FORMED;
        this.violation = Optional.of(violation);
    }

    public Reason reason() {
        return reason;
    }

    /** What is wrong with an operation that fits no document at all ({@link Reason#ILL_FORMED}). */
    public Optional<Violation> violation() {
        return violation;
    }

    /** Why an operation does not fit a document (spec section 10.2). The slug is for logs, metrics and answers. */
    public enum Reason {
        ILL_FORMED("ill-formed"),
        RETAIN_PAST_END("retain-past-end"),
        OPERATION_TOO_SHORT("operation-too-short"),
        DELETE_TOO_MANY_CHARACTERS("delete-too-many-characters"),
        DELETED_CHARACTER_DIFFERS("deleted-character-differs"),
        NO_ELEMENT_START_TO_DELETE("no-element-start-to-delete"),
        NO_ELEMENT_END_TO_DELETE("no-element-end-to-delete"),
        NO_ELEMENT_START_TO_CHANGE("no-element-start-to-change"),
        OLD_ELEMENT_TYPE_DIFFERS("old-element-type-differs"),
        OLD_ATTRIBUTES_DIFFER("old-attributes-differ"),
        OLD_ANNOTATION_DIFFERS("old-annotation-differs"),
        ANNOTATION_NEW_VALUE_WRONG_FOR_DELETE("annotation-new-value-wrong-for-delete"),
        DELETION_MISSING_ANNOTATION_RESET("deletion-missing-annotation-reset"),
        DOCUMENT_TOO_LONG("document-too-long"),
        /** Ours: the reference knows no bound. */
        TOO_MANY_ANNOTATIONS("too-many-annotations");

        private final String slug;

        Reason(String slug) {
            this.slug = slug;
        }

        public String slug() {
            return slug;
        }
    }
}
