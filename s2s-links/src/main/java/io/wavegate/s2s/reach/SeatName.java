package io.wavegate.s2s.reach;

import org.apache.pekko.actor.typed.receptionist.ServiceKey;

/**
 * A connection that there is once in a cluster.
 *
 * @param kind which side of XEP-0114 we are
 * @param host the component's name
 */
record SeatName(Kind kind, String host) {
    /** Which side of XEP-0114 we are. */
    enum Kind {
        /** A component that is connected to us. */
        ACCEPTED,
        /** We, as a component of another server. */
        CONNECTED
    }

    /** Under which it is found; the same in all releases. */
    ServiceKey<SeatCommand> key() {
        String side = kind == Kind.ACCEPTED ? "accepted" : "connected";
        return ServiceKey.create(SeatCommand.class, "wavegate-component-" + side + "-" + host);
    }
}
