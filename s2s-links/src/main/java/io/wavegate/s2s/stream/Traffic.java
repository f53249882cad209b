package io.wavegate.s2s.stream;

/**
 * How stanzas fare on an authenticated stream.
 *
 * @param limits what the peer takes
 * @param acks what was counted
 */
record Traffic(PeerLimits limits, Acks acks) {
    static final Traffic NONE = new Traffic(PeerLimits.UNKNOWN, Acks.NONE);

    Traffic with(PeerLimits changed) {
        return new Traffic(changed, acks);
    }

    Traffic with(Acks changed) {
        return new Traffic(limits, changed);
    }
}
