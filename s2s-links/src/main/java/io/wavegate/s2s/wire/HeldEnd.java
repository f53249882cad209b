package io.wavegate.s2s.wire;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The end of a stream, held back while stanzas that came before it are dealt with: the last acknowledgement goes before
 * our own end (XEP-0198 section 4), and what it does not cover the peer takes for lost; and a component gets the last answers.
 * Used by the connection's loop alone.
 */
public final class HeldEnd {
    /** Less than peers wait for our end: Prosody and we do for five seconds. */
    public static final Duration AT_MOST = Duration.ofSeconds(2);

    private final ConnectionLoop loop;
    private @Nullable Runnable end;

    /** None is held yet. */
    public HeldEnd(ConnectionLoop loop) {
        this.loop = loop;
    }

    /** Has it happen when it is released, or when {@link #AT_MOST} is over. */
    public void hold(Runnable theEnd) {
        end = theEnd;
        loop.schedule(this::release, AT_MOST.toNanos());
    }

    /** Nothing counts that comes behind it. */
    public boolean isHeld() {
        return end != null;
    }

    /** Lets it happen now, if it has come. */
    public void release() {
        Runnable held = end;
        end = null;
        if (held != null) {
            held.run();
        }
    }
}
