package io.wavegate.s2s.link;

/** The phases of a link, each with what it is waiting for; shown to operators by {@link #title}. */
public sealed interface LinkPhase {
    /** Its name for operators, logs and metrics. */
    String title();

    /** Nothing is known of the peer, and nobody has asked. */
    record Idle() implements LinkPhase {
        @Override
        public String title() {
            return "idle";
        }
    }

    /** The peer's wave service is being looked for; requests wait. */
    record Discovering() implements LinkPhase {
        @Override
        public String title() {
            return "discovering";
        }
    }

    /**
     * The peer's wave service is known; streams are opened when there is something to send.
     *
     * @param service its address
     */
    record Up(String service) implements LinkPhase {
        @Override
        public String title() {
            return "up";
        }
    }

    /**
     * The peer cannot be reached; requests are not accepted.
     *
     * @param cause why, for an operator
     * @param retryMillis when it is tried again, if something is behind
     */
    record Down(String cause, long retryMillis) implements LinkPhase {
        @Override
        public String title() {
            return "down";
        }
    }
}
