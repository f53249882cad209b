package io.wavegate.s2s.link;

/** Makes ids of stanzas that nobody else can guess. */
@FunctionalInterface
public interface IdSource {
    /** A fresh id. */
    String next();
}
