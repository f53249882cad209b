package io.wavegate.load.sim.stream;

/** The weather between domains. */
public interface Between {
    /** Whether nothing passes between two domains now. */
    boolean isCut(String one, String other);

    /** What happens to connections and questions now. */
    Faults faults();

    /**
     * What happens, each in so many of a thousand.
     *
     * @param broken of writes: the connection is reset, perhaps in the middle of an element
     * @param silent of writes: from then on nothing passes either way, and nobody is told
     * @param unanswered of questions to DNS: SERVFAIL or no answer at all
     * @param slowestMicros the longest way
     */
    record Faults(int broken, int silent, int unanswered, long slowestMicros) {}
}
