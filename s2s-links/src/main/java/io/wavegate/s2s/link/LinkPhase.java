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

    /** A component's link, which looks for no wave service: its stream is being opened; stanzas wait. */
    record Opening() implements LinkPhase {
        @Override
        public String title() {
            return "opening";
        }
    }

    /**
     * The peer's wave service is known; streams are opened when there is something to send. A component's link is up while
     * its stream is open.
     *
     * @param service its address; empty for a component's link, which needs none
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
     * @param retryMillis when it is tried again, if something is behind; for a component's link, from when on a stanza makes
     *     it try again
     */
    record Down(String cause, long retryMillis) implements LinkPhase {
        @Override
        public String title() {
            return "down";
        }
    }
}
