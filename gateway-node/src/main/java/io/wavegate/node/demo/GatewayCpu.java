package io.wavegate.node.demo;

import java.time.Duration;

/**
 * CPU time of the two gateways' processes.
 *
 * @param host the one that hosts the wave
 * @param guest the other
 */
record GatewayCpu(Duration host, Duration guest) {
    /** Nothing, or not known. */
    static final GatewayCpu NONE = new GatewayCpu(Duration.ZERO, Duration.ZERO);

    GatewayCpu since(GatewayCpu earlier) {
        return new GatewayCpu(host.minus(earlier.host), guest.minus(earlier.guest));
    }
}
