package io.wavegate.s2s.wire;

import io.wavegate.s2s.resolve.Dial;
import io.wavegate.s2s.resolve.DialEffect;
import io.wavegate.s2s.resolve.DialInput;
import io.wavegate.s2s.resolve.DnsQuestion;
import io.wavegate.s2s.resolve.Resolver;
import io.wavegate.s2s.stream.AuthenticatedBy;
import io.wavegate.s2s.stream.DialbackAnswer;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamEndedException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a {@link Dial}. The dial and all its connections live on one loop, so nothing here is touched by two threads.
 */
public final class Dialing {
    private static final StreamEnd ANOTHER = new StreamEnd(StreamEnd.Reason.CLOSED_BY_US, "another address is used");

    private final Dial dial;
    private final Resolver resolver;
    private final ConnectionLoop loop;
    private final Dialer dialer;
    private final Function<String, StreamLog> logs;
    private final Map<Integer, Attempt> attempts = new HashMap<>();
    private final CompletableFuture<ReadyStream> opened = new CompletableFuture<>();
    private final CompletableFuture<DialbackAnswer> answered = new CompletableFuture<>();
    private @Nullable Future<?> wake;

    /**
     * @param loop that of the dialer's connections
     * @param logs the log of a stream, by the address and port that were dialled
     */
    public Dialing(Dial dial, Resolver resolver, ConnectionLoop loop, Dialer dialer, Function<String, StreamLog> logs) {
        this.dial = dial;
        this.resolver = resolver;
        this.loop = loop;
        this.dialer = dialer;
        this.logs = logs;
    }

    /** Begins. */
    public void start() {
        run(() -> carryOut(dial.start(nowMillis())));
    }

    /** The stream, once it is ready; or why there is none. */
    public CompletableFuture<ReadyStream> opened() {
        return opened;
    }

    /** The answer, for a stream that asks for one. */
    public CompletableFuture<DialbackAnswer> answered() {
        return answered;
    }

    private void run(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException shutDown) {
            fail(new StreamEnd(StreamEnd.Reason.SHUTDOWN, "this node is going down"));
        }
    }

    private long nowMillis() {
        return TimeUnit.NANOSECONDS.toMillis(loop.nanos());
    }

    private void input(DialInput input) {
        carryOut(dial.on(input, nowMillis()));
    }

    private void carryOut(List<DialEffect> effects) {
        effects.forEach(this::carryOut);
        if (wake != null) {
            wake.cancel(false);
            wake = null;
        }
        long next = dial.nextWakeMillis();
        if (next < Long.MAX_VALUE) {
            long delay = Math.max(1, next - nowMillis());
            wake = loop.schedule(() -> input(new DialInput.Tick()), TimeUnit.MILLISECONDS.toNanos(delay));
        }
    }

    private void carryOut(DialEffect effect) {
        if (effect instanceof DialEffect.Ask ask) {
            ask(ask.question());
        } else if (effect instanceof DialEffect.Connect connect) {
            Attempt attempt = new Attempt(connect);
            attempts.put(connect.attempt(), attempt);
            attempt.connecting = dialer.connect(connect, attempt);
        } else if (effect instanceof DialEffect.Abandon abandon) {
            Attempt attempt = attempts.remove(abandon.attempt());
            if (attempt != null && attempt.connecting != null) {
                attempt.connecting.abandon(ANOTHER);
            }
        } else if (effect instanceof DialEffect.Tried tried) {
            resolver.tried(tried.target(), tried.reached());
        } else if (effect instanceof DialEffect.Fail fail) {
            fail(fail.end());
        }
    }

    private void fail(StreamEnd end) {
        opened.completeExceptionally(new StreamEndedException(end));
        answered.completeExceptionally(new StreamEndedException(end));
    }

    private void ask(DnsQuestion question) {
        resolver.ask(question).thenAccept(answer -> run(() -> input(new DialInput.Answered(question, answer))));
    }

    /** One address. */
    private final class Attempt implements Dialer.Told {
        private final int number;
        private final StreamLog log;
        private final CompletableFuture<StreamEnd> ended = new CompletableFuture<>();
        private Dialer.@Nullable Connecting connecting;
        private boolean successful;

        private Attempt(DialEffect.Connect connect) {
            number = connect.attempt();
            log = logs.apply(connect.address().getHostAddress() + " port "
                    + connect.target().port());
        }

        @Override
        public void connected() {
            input(new DialInput.Connected(number));
        }

        @Override
        public void failed(String why) {
            failed(new StreamEnd(StreamEnd.Reason.CONNECT_FAILED, why));
        }

        private void failed(StreamEnd end) {
            if (attempts.remove(number) != null) {
                input(new DialInput.Failed(number, end));
            }
        }

        @Override
        public void heard() {
            input(new DialInput.Heard(number));
        }

        @Override
        public void ready(StreamConnection stream, DomainPair pair, AuthenticatedBy method) {
            if (succeeded()) {
                log.ready(pair, method, stream.security());
                opened.complete(ReadyStream.opened(pair, stream, ended));
            }
        }

        @Override
        public void verified(DialbackAnswer answer) {
            if (succeeded()) {
                answered.complete(answer);
            }
        }

        /** Whether it came in time: an attempt that was given up is on its way out. */
        private boolean succeeded() {
            successful = attempts.containsKey(number);
            input(new DialInput.Succeeded(number));
            attempts.remove(number);
            return successful;
        }

        @Override
        public void seeOther(String place) {
            input(new DialInput.SeeOther(number, place));
        }

        @Override
        public void ignored(String text) {
            log.ignored(text);
        }

        @Override
        public void ended(StreamEnd end) {
            ended.complete(end);
            log.ended(end);
            if (!successful) {
                failed(end);
            }
        }
    }
}
