package io.wavegate.s2s.xml;

/** Carries a violation out of the framer and the tree; never leaves the package. */
final class XmlViolationException extends Exception {
    private static final long serialVersionUID = 1L;
    private final StreamErrorCondition condition;

    XmlViolationException(StreamErrorCondition condition, String text) {
        super(text, null, false, false);
        this.condition = condition;
    }

    XmlEvent.Violation event() {
        return new XmlEvent.Violation(condition, String.valueOf(getMessage()));
    }
}
