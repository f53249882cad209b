package io.wavegate.wavelet.ot;

/**
 * The rules of well-formedness, which need no document (spec section 10.1). The slug is what logs, metrics and answers
 * say.
 */
public enum Rule {
    ANNOTATION_KEY_EMPTY("annotation-key-empty"),
    ANNOTATION_KEY_FORBIDDEN_CHARACTER("annotation-key-with-question-mark-or-at"),
    ANNOTATION_KEY_REPEATED("annotation-key-repeated"),
    ANNOTATION_KEYS_NOT_SORTED("annotation-keys-not-sorted"),
    ANNOTATION_KEY_INVALID_UNICODE("annotation-key-invalid-unicode"),
    ANNOTATION_VALUE_INVALID_UNICODE("annotation-value-invalid-unicode"),
    ANNOTATION_END_WITHOUT_START("annotation-end-without-start"),
    ANNOTATION_NOT_ENDED("annotation-not-ended"),
    ADJACENT_ANNOTATION_BOUNDARIES("adjacent-annotation-boundaries"),
    ATTRIBUTE_KEY_REPEATED("attribute-key-repeated"),
    ATTRIBUTE_NAME_NOT_XML_NAME("attribute-name-not-xml-name"),
    ATTRIBUTE_VALUE_INVALID_UNICODE("attribute-value-invalid-unicode"),
    ATTRIBUTE_CHANGE_INSIDE_INSERT_OR_DELETE("attribute-change-inside-insert-or-delete"),
    ELEMENT_TYPE_NOT_XML_NAME("element-type-not-xml-name"),
    EMPTY_CHARACTERS("empty-characters"),
    SURROGATE_IN_CHARACTERS("surrogate-in-characters"),
    INVALID_UNICODE_IN_CHARACTERS("invalid-unicode-in-characters"),
    SURROGATE_IN_DELETE_CHARACTERS("surrogate-in-delete-characters"),
    INVALID_UNICODE_IN_DELETE_CHARACTERS("invalid-unicode-in-delete-characters"),
    RETAIN_NOT_POSITIVE("retain-not-positive"),
    RETAIN_INSIDE_INSERT_OR_DELETE("retain-inside-insert-or-delete"),
    INSERT_INSIDE_DELETE("insert-inside-delete"),
    DELETE_INSIDE_INSERT("delete-inside-insert"),
    UNCLOSED_ELEMENT_START("unclosed-element-start"),
    UNMATCHED_ELEMENT_END("unmatched-element-end"),
    UNCLOSED_DELETE_ELEMENT_START("unclosed-delete-element-start"),
    UNMATCHED_DELETE_ELEMENT_END("unmatched-delete-element-end");

    private final String slug;

    Rule(String slug) {
        this.slug = slug;
    }

    public String slug() {
        return slug;
    }

    /**
     * True for rules that concern the keys of one component alone. They come before all others: the reference refuses
     * such a component while it reads it, before it looks at the operation as a whole.
     */
    public boolean concernsKeysOfOneComponent() {
        return this == ANNOTATION_KEY_EMPTY
                || this == ANNOTATION_KEY_FORBIDDEN_CHARACTER
                || this == ANNOTATION_KEY_REPEATED
                || this == ATTRIBUTE_KEY_REPEATED;
    }
}
