package io.wavegate.s2s.link;

import java.time.Duration;

/**
 * Whether an open stream can be trusted with more. One that was idle for long may be dead, and what is written to it would be
 * lost without a word; so may one that is used all the time, if nothing that was sent on it was answered for longer still: the
 * peer may well speak to us on a stream of its own. Unless the peer acknowledges stanzas, so that a loss shows, it is asked for a sign of life first
 * (XEP-0199), and replaced by a new one if it gives none.
 *
 * <pre>
 *   TRUSTED ── idle or unanswered for long, something to send ──► DOUBTED ── asked ──► ASKED ── answered ──► TRUSTED
 *                                                                                        └─ silent: the stream is given up
 * </pre>
 */
final class StreamTrust {
    private enum State {
        TRUSTED,
        DOUBTED,
        ASKED
    }

    /** Answers of ours are answered by nobody: a stream that carries nothing else is asked once in so many idle times. */
    private static final int IDLE_TIMES_UNANSWERED = 3;

    private final long idleMillis;
    private State state = State.TRUSTED;
    private boolean acknowledged;
    private long aliveMillis;

    /** It did not answer when it was asked last, as some services never do: a new stream costs less than to wait. */
    private boolean deaf;

    /** The stream before was given up: its successor is used in any case, or there could be no end of successors. */
    private boolean successor;

    /** @param trustIdleFor a stream idle for longer is doubted */
    StreamTrust(Duration trustIdleFor) {
        this.idleMillis = trustIdleFor.toMillis();
    }

    /** @return since when the stream may have been idle */
    long opened(LinkInput.StreamOpened opened, long nowMillis) {
        state = State.TRUSTED;
        acknowledged = opened.acknowledged();
        aliveMillis = nowMillis - (successor ? 0 : opened.silentMillis());
        successor = false;
        return aliveMillis;
    }

    /**
     * Something is to be sent, and nothing is being sent.
     *
     * @param lastUsedMillis when something was sent before
     * @return false if the stream is to be given up at once
     */
    boolean use(long lastUsedMillis, long nowMillis) {
        boolean idle = nowMillis - Math.max(lastUsedMillis, aliveMillis) > idleMillis;
        boolean unanswered = nowMillis - aliveMillis > IDLE_TIMES_UNANSWERED * idleMillis;
        if (state == State.TRUSTED && !acknowledged && (idle || unanswered)) {
            state = State.DOUBTED;
            successor = deaf;
            return !deaf;
        }
        return true;
    }

    boolean isTrusted() {
        return state == State.TRUSTED;
    }

    /** Whether a sign of life is to be asked for. */
    boolean isDoubted() {
        return state == State.DOUBTED;
    }

    boolean isAsked() {
        return state == State.ASKED;
    }

    /** A sign of life has been asked for. */
    void asked() {
        state = State.ASKED;
    }

    /**
     * Something that was sent on the stream was answered.
     *
     * @param ping it was the sign of life
     */
    void answered(boolean ping, long nowMillis) {
        aliveMillis = nowMillis;
        if (state != State.TRUSTED) {
            state = State.TRUSTED;
            deaf &= !ping;
        }
    }

    /** The sign of life did not come. */
    void silent() {
        deaf = true;
        successor = true;
    }

    /** There is no stream to doubt. */
    void closed() {
        state = State.TRUSTED;
    }
}
