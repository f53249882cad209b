package io.wavegate.s2s.api;

/**
 * Something that a watcher of a link sees.
 *
 * @param atMillis when, milliseconds since the epoch
 * @param kind what it is
 * @param local our side's name on the stream; it may be below our domain
 * @param remote the other side's name on the stream
 * @param text the stanza, shortened, in one line; or what happened, in words
 */
public record WatchedEvent(long atMillis, Kind kind, String local, String remote, String text) {
    /** What can be seen. */
    public enum Kind {
        /** A stanza of ours, as it was given to a stream. */
        SENT,
        /** A stanza of theirs, its addresses checked. */
        RECEIVED,
        /** Something happened to the link or one of its streams. */
        HAPPENED
    }
}
