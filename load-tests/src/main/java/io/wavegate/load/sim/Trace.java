package io.wavegate.load.sim;

import java.util.function.Supplier;

/** What happened: a digest of all of it, by which two runs are known to be the same, and lines for a person if wanted. */
final class Trace {
    private final boolean shown;
    private long digest = 0xcbf29ce484222325L;
    private long time;

    Trace(boolean shown) {
        this.shown = shown;
    }

    void step(long mark) {
        mix(mark);
    }

    /** Something worth a line; its words count in the digest if it is shown or not. */
    void note(World world, String what, long a, long b) {
        mix(what.hashCode());
        mix(a);
        mix(b);
        if (shown) {
            line(world, () -> what + " " + a + " " + b);
        }
    }

    /** A line for a person, made only if somebody looks. */
    void line(World world, Supplier<String> text) {
        if (shown) {
            time = world.now();
            System.out.printf("%12.6f  %s%n", time / 1e6, text.get());
        }
    }

    void mix(long value) {
        long mixed = (digest ^ value) * 0x9E3779B97F4A7C15L;
        digest = Long.rotateLeft(mixed ^ mixed >>> 29, 17);
    }

    long digest() {
        return digest;
    }
}
