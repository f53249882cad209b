package io.wavegate.load.chaos.run;

import io.wavegate.load.chaos.lab.ChaosLab;
import io.wavegate.load.chaos.lab.LabDisk;
import io.wavegate.load.chaos.lab.LabNode;
import java.io.IOException;
import java.time.Duration;

/** Has everything run again, whatever a scenario left behind, also one that broke off. */
final class Mending {
    private final ChaosLab lab;
    private final Duration atMost;

    /** @param atMost how long a node may take until it takes requests */
    Mending(ChaosLab lab, Duration atMost) {
        this.lab = lab;
        this.atMost = atMost;
    }

    /** @throws IOException if something cannot be brought back */
    void mend() throws IOException {
        lab.dns().live();
        lab.network().healAll();
        for (LabDisk disk : lab.storeDisks()) {
            disk.free();
        }
        store();
        for (LabNode node : lab.gateways()) {
            if (node.process().isAlive()) {
                node.process().thaw();
            } else {
                node.start();
            }
        }
        for (LabNode node : lab.gateways()) {
            if (!node.process().awaitReady(atMost)) {
                node.start();
            }
        }
    }

    private void store() {
        for (int node = 0; node < lab.store().size(); node++) {
            if (lab.store().runs(node)) {
                lab.store().resume(node);
            } else {
                lab.store().restart(node);
            }
        }
    }
}
