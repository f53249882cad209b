package io.wavegate.persistence.journal;

/** What became of an {@link Append}. */
public sealed interface AppendResult {
    /** Durable as the store defines it (README, "What durable means"); the stream's head is the append's new head. */
    record Stored() implements AppendResult {}

    /**
     * Nothing was written: somebody else owns the stream by now, or an earlier append whose outcome was unknown did
     * happen.
     *
     * @param actualHead the head found
     */
    record Fenced(long actualHead) implements AppendResult {}
}
