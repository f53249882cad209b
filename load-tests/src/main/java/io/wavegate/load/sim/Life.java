package io.wavegate.load.sim;

/** One life of a node, from its start to its end: what belongs to an earlier one reaches nobody. */
final class Life {
    private final int number;
    private boolean over;

    Life(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    boolean isOver() {
        return over;
    }

    void end() {
        over = true;
    }
}
