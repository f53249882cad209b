package io.wavegate.s2s.seat;

/** How a node fares that has the turn to connect (see {@link DialTurn}), or that has passed it on. */
public final class DialEffort {
    private static final long NEVER = Long.MAX_VALUE;

    private final long passAfterMillis;
    private long inVainSinceMillis = NEVER;
    private long restUntilMillis = NEVER;

    /** What counts for its turn. */
    public enum State {
        /** It is connected, has just begun, or does nothing. */
        FINE,
        /** It has tried for long, and is not connected. */
        IN_VAIN,
        /** It has passed the turn on, and others have theirs. */
        RESTING,
        /** All others have had theirs. */
        RESTED
    }

    /** @param passAfterMillis how long it tries before another one may */
    public DialEffort(long passAfterMillis) {
        this.passAfterMillis = passAfterMillis;
    }

    /** It begins to connect. */
    public void begun(long nowMillis) {
        inVainSinceMillis = nowMillis;
    }

    /** It connects no more. */
    public void ended() {
        inVainSinceMillis = NEVER;
    }

    /**
     * It passes the turn on.
     *
     * @param candidates how many take turns, itself included: it rests until each of the others may have had one
     */
    public void rest(int candidates, long nowMillis) {
        restUntilMillis = nowMillis + candidates * passAfterMillis;
    }

    /** It takes part again. */
    public void returned() {
        restUntilMillis = NEVER;
    }

    /** @param connected to one of the servers, at this moment */
    public State state(boolean connected, long nowMillis) {
        if (restUntilMillis != NEVER) {
            return nowMillis < restUntilMillis ? State.RESTING : State.RESTED;
        } else if (connected && inVainSinceMillis != NEVER) {
            inVainSinceMillis = nowMillis;
        }
        boolean inVain = inVainSinceMillis != NEVER && nowMillis - inVainSinceMillis >= passAfterMillis;
        return inVain ? State.IN_VAIN : State.FINE;
    }
}
