package io.wavegate.s2s.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.wavegate.s2s.resolve.Dial;
import io.wavegate.s2s.resolve.DialEffect;
import io.wavegate.s2s.resolve.DialInput;
import io.wavegate.s2s.resolve.DnsQuestion;
import io.wavegate.s2s.resolve.Resolver;
import io.wavegate.s2s.stream.AuthenticatedBy;
import io.wavegate.s2s.stream.DialbackAnswer;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.OutgoingStream;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamEndedException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out a {@link Dial}. The dial and all its connections live on one event loop, so nothing here is touched by two
 * threads.
 */
final class Dialing {
    private static final Logger LOG = LoggerFactory.getLogger(Dialing.class);

    private final Dial dial;
    private final Resolver resolver;
    private final DialledHandler handlers;
    private final Bootstrap bootstrap;
    private final EventLoop loop;
    private final Map<Integer, Attempt> attempts = new HashMap<>();
    private final CompletableFuture<OutgoingStream> opened = new CompletableFuture<>();
    private final CompletableFuture<DialbackAnswer> answered = new CompletableFuture<>();
    private @Nullable Future<?> wake;

    /** @param loop one of the bootstrap's group */
    Dialing(Dial dial, Resolver resolver, Bootstrap bootstrap, EventLoop loop, DialledHandler handlers) {
        this.dial = dial;
        this.resolver = resolver;
        this.bootstrap = bootstrap.clone(loop);
        this.loop = loop;
        this.handlers = handlers;
    }

    /** Begins. */
    void start() {
        run(() -> carryOut(dial.start(nowMillis())));
    }

    /** The stream, once it is ready; or why there is none. */
    CompletableFuture<OutgoingStream> opened() {
        return opened;
    }

    /** The answer, for a stream that asks for one. */
    CompletableFuture<DialbackAnswer> answered() {
        return answered;
    }

    private void run(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException shutDown) {
            fail(new StreamEnd(StreamEnd.Reason.SHUTDOWN, "this node is going down"));
        }
    }

    private static long nowMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
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
            wake = loop.schedule(() -> input(new DialInput.Tick()), delay, TimeUnit.MILLISECONDS);
        }
    }

    private void carryOut(DialEffect effect) {
        if (effect instanceof DialEffect.Ask ask) {
            ask(ask.question());
        } else if (effect instanceof DialEffect.Connect connect) {
            connect(connect);
        } else if (effect instanceof DialEffect.Abandon abandon) {
            Attempt attempt = attempts.remove(abandon.attempt());
            if (attempt != null) {
                attempt.abandon();
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

    private void connect(DialEffect.Connect connect) {
        Attempt attempt = new Attempt(connect);
        attempts.put(connect.attempt(), attempt);
        ChannelFuture connecting = bootstrap
                .clone()
                .handler(new PipelineBuilder(channel -> attempt.handler(channel, connect)))
                .connect(new InetSocketAddress(
                        connect.address(), connect.target().port()));
        attempt.channel = connecting.channel();
        connecting.addListener(future -> {
            if (future.isSuccess()) {
                input(new DialInput.Connected(attempt.number));
            } else {
                attempt.failed(new StreamEnd(StreamEnd.Reason.CONNECT_FAILED, Causes.text(future.cause())));
            }
        });
    }

    /** One address. */
    private final class Attempt implements StreamEvents {
        private final int number;
        private final String place;
        private final CompletableFuture<StreamEnd> ended = new CompletableFuture<>();
        private @Nullable Channel channel;
        private @Nullable StreamHandler handler;
        private boolean successful;

        private Attempt(DialEffect.Connect connect) {
            number = connect.attempt();
            place = connect.address().getHostAddress() + " port "
                    + connect.target().port();
        }

        private StreamHandler handler(Channel dialled, DialEffect.Connect connect) {
            StreamHandler made = handlers.handler(dialled, connect.target(), this);
            handler = made;
            return made;
        }

        @Override
        public void heard() {
            input(new DialInput.Heard(number));
        }

        @Override
        public void ready(StreamHandler stream, DomainPair of, AuthenticatedBy method) {
            if (succeeded()) {
                LOG.info(
                        "stream to {}: {} to {} authenticated by {}, {}",
                        place,
                        of.local(),
                        of.remote(),
                        method,
                        stream.security());
                opened.complete(NettyOutgoingStream.opened(of, stream, ended));
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
        public void ended(StreamEnd end) {
            ended.complete(end);
            if (!successful) {
                failed(end);
            }
        }

        private void failed(StreamEnd end) {
            if (attempts.remove(number) != null) {
                input(new DialInput.Failed(number, end));
            }
        }

        /** A stream that is under way ends properly; a connection that is being made just goes. */
        private void abandon() {
            if (handler != null && channel != null && channel.isActive()) {
                handler.close(new StreamEnd(StreamEnd.Reason.CLOSED_BY_US, "another address is used"));
            } else if (channel != null) {
                channel.close();
            }
        }
    }
}
