package io.wavegate.node.demo;

/** Into how many deltas a person's edits go. */
public enum Pace {
    /** What is typed while a delta is under way goes out together in the next one, as with every client. */
    COMPOSED,
    /** Each edit is a delta of its own, sent when the one before is through. */
    ONE_BY_ONE
}
