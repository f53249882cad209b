package io.wavegate.s2s.netty;

import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The end of a stream, held back while stanzas that came before it are dealt with: the last acknowledgement goes before
 * our own end (XEP-0198 section 4), and what it does not cover the peer takes for lost; and a component gets the last answers.
 * Used by the event loop alone.
 */
final class HeldEnd {
    /** Less than peers wait for our end: Prosody and we do for five seconds. */
    static final Duration AT_MOST = Duration.ofSeconds(2);

    private final EventExecutor eventLoop;
    private @Nullable Runnable end;

    HeldEnd(EventExecutor eventLoop) {
        this.eventLoop = eventLoop;
    }

    void hold(Runnable theEnd) {
        end = theEnd;
        eventLoop.schedule(this::release, AT_MOST.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Nothing counts that comes behind it. */
    boolean isHeld() {
        return end != null;
    }

    /** Lets it happen now, if it has come. */
    void release() {
        Runnable held = end;
        end = null;
        if (held != null) {
            held.run();
        }
    }
}
