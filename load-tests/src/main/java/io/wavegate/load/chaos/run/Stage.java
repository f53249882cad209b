package io.wavegate.load.chaos.run;

import io.wavegate.load.chaos.lab.ChaosLab;
import io.wavegate.load.chaos.lab.LabNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** What a scenario may use, and when its fault began and ended. */
public final class Stage {
    private final ChaosLab lab;
    private final Duration longEnough;
    private final Duration ready;
    private long began;
    private long ended;

    Stage(ChaosLab lab, Duration longEnough, Duration ready) {
        this.lab = lab;
        this.longEnough = longEnough;
        this.ready = ready;
    }

    /** How long something stays broken where the scenario does not say otherwise. */
    Duration longEnough() {
        return longEnough;
    }

    public ChaosLab lab() {
        return lab;
    }

    /** The first moment at which something is wrong. */
    void begins() {
        began = System.nanoTime();
        ended = began;
    }

    /** From now on nothing is wrong any more. */
    void ends() {
        ended = System.nanoTime();
    }

    /** Until when what is typed is typed into the fault; for ever where nobody said when it was over. */
    long firstMended() {
        return ended == began ? Long.MAX_VALUE : ended;
    }

    long began() {
        return began;
    }

    long ended() {
        return ended;
    }

    /** Lets it go on like this. */
    void goOn(Duration time) throws InterruptedException {
        Thread.sleep(time.toMillis());
    }

    /**
     * Ends each in order and starts it again, one after the other and the last first, as Kubernetes does with a StatefulSet: the
     * oldest node, which has the coordinators, goes last, and so they move once. Each has to be ready for a while before the next goes:
     * one that has just begun is the emptiest, and would be given all that the next one leaves while it is still slow.
     */
    void roll(List<LabNode> nodes) throws IOException, InterruptedException {
        begins();
        for (int i = nodes.size() - 1; i >= 0; i--) {
            nodes.get(i).stop();
            nodes.get(i).start();
            if (i > 0) {
                goOn(ready);
            }
        }
        ends();
    }
}
