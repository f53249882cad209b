package io.wavegate.load.sim.stream;

/** The clock, the chance and the threads of one life of a node, or of what lies between nodes. */
public interface Loop {
    /** Virtual microseconds. */
    long micros();

    /** From {@code least} to {@code most}. */
    long between(long least, long most);

    /** Runs it then, if the node still lives; on a node that hangs, when it goes on. */
    Timer after(long micros, Runnable work);

    /** Whether the node has died: nothing that happens there is seen by anybody. */
    boolean isOver();

    /** A line for a person. */
    void line(String text);

    /** True in so many of a thousand cases. */
    default boolean perMille(int cases) {
        return cases > 0 && between(0, 999) < cases;
    }

    /** A number from 0 to {@code bound - 1}. */
    default int chance(int bound) {
        return (int) between(0, bound - 1L);
    }

    /** Something that is to happen. */
    @FunctionalInterface
    interface Timer {
        /** It will not, if it has not yet. */
        void cancel();
    }
}
