package io.wavegate.load.sim;

/**
 * What a simulated store does to requests, each in so many of a thousand.
 *
 * @param refused nothing happens, and that is told
 * @param lost nothing happens, and that is told late and as unknown
 * @param answerLost it happens, and that is told late and as unknown
 * @param late told as unknown first, and happens after that
 * @param slow takes seconds
 */
record StoreFaults(int refused, int lost, int answerLost, int late, int slow) {
    static final StoreFaults NONE = new StoreFaults(0, 0, 0, 0, 0);

    /** Nothing reaches it. */
    static final StoreFaults OUT = new StoreFaults(0, 1_000, 0, 0, 0);

    boolean any() {
        return refused + lost + answerLost + late + slow > 0;
    }
}
