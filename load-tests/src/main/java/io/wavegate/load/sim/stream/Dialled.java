package io.wavegate.load.sim.stream;

import io.wavegate.s2s.resolve.Dial;
import io.wavegate.s2s.resolve.DialEffect;
import io.wavegate.s2s.resolve.DialInput;
import io.wavegate.s2s.resolve.Resolver;
import io.wavegate.s2s.stream.DialbackAnswer;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.OutgoingStream;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamEndedException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Carries out a {@link Dial}: questions to DNS, connections, streams on them. */
final class Dialled {
    private final Dial dial;
    private final Resolver resolver;
    private final Loop loop;
    private final Connector connector;
    private final Map<Integer, Attempt> attempts = new HashMap<>();
    private final CompletableFuture<OutgoingStream> opened = new CompletableFuture<>();
    private final CompletableFuture<DialbackAnswer> answered = new CompletableFuture<>();
    private Loop.@Nullable Timer wake;

    /** Makes connections. */
    @FunctionalInterface
    interface Connector {
        void connect(DialEffect.Connect connect, Attempt attempt);
    }

    Dialled(Dial dial, Resolver resolver, Loop loop, Connector connector) {
        this.dial = dial;
        this.resolver = resolver;
        this.loop = loop;
        this.connector = connector;
    }

    void start() {
        loop.after(1, () -> carryOut(dial.start(nowMillis())));
    }

    CompletableFuture<OutgoingStream> opened() {
        return opened;
    }

    CompletableFuture<DialbackAnswer> answered() {
        return answered;
    }

    private long nowMillis() {
        return loop.micros() / 1_000;
    }

    private void input(DialInput input) {
        carryOut(dial.on(input, nowMillis()));
    }

    private void carryOut(List<DialEffect> effects) {
        effects.forEach(this::carryOut);
        if (wake != null) {
            wake.cancel();
            wake = null;
        }
        long next = dial.nextWakeMillis();
        if (next < Long.MAX_VALUE) {
            wake = loop.after(Math.max(1, next - nowMillis()) * 1_000, () -> input(new DialInput.Tick()));
        }
    }

    private void carryOut(DialEffect effect) {
        if (effect instanceof DialEffect.Ask ask) {
            resolver.ask(ask.question())
                    .thenAccept(answer -> loop.after(1, () -> input(new DialInput.Answered(ask.question(), answer))));
        } else if (effect instanceof DialEffect.Connect connect) {
            Attempt attempt = new Attempt(connect);
            attempts.put(connect.attempt(), attempt);
            connector.connect(connect, attempt);
        } else if (effect instanceof DialEffect.Abandon abandon) {
            Attempt attempt = attempts.remove(abandon.attempt());
            if (attempt != null) {
                attempt.abandon();
            }
        } else if (effect instanceof DialEffect.Tried tried) {
            resolver.tried(tried.target(), tried.reached());
        } else if (effect instanceof DialEffect.Fail fail) {
            loop.line("no stream: " + fail.end().text());
            opened.completeExceptionally(new StreamEndedException(fail.end()));
            answered.completeExceptionally(new StreamEndedException(fail.end()));
        }
    }

    /** One address. */
    final class Attempt implements StreamEvents {
        private final DialEffect.Connect connect;
        private @Nullable Connection connection;
        private @Nullable SimOutgoing outgoing;
        private boolean abandoned;
        private boolean successful;

        private Attempt(DialEffect.Connect connect) {
            this.connect = connect;
        }

        /** TCP is up, perhaps too late. */
        void connected(SimSocket socket, Connection made) {
            if (abandoned) {
                socket.close();
                return;
            }
            connection = made;
            made.begin();
            input(new DialInput.Connected(connect.attempt()));
        }

        void failed(StreamEnd end) {
            if (attempts.remove(connect.attempt()) != null) {
                input(new DialInput.Failed(connect.attempt(), end));
            }
        }

        @Override
        public void heard() {
            input(new DialInput.Heard(connect.attempt()));
        }

        @Override
        public void ready(Connection stream, DomainPair pair) {
            if (succeeded()) {
                SimOutgoing made = SimOutgoing.opened(pair, stream);
                outgoing = made;
                opened.complete(made);
            }
        }

        @Override
        public void verified(DialbackAnswer answer) {
            if (succeeded()) {
                answered.complete(answer);
            }
        }

        private boolean succeeded() {
            successful = attempts.containsKey(connect.attempt());
            input(new DialInput.Succeeded(connect.attempt()));
            attempts.remove(connect.attempt());
            return successful;
        }

        @Override
        public void ended(StreamEnd end) {
            if (outgoing != null) {
                outgoing.end(end);
            }
            if (!successful) {
                failed(end);
            }
        }

        private void abandon() {
            abandoned = true;
            if (connection != null) {
                connection.close(new StreamEnd(StreamEnd.Reason.CLOSED_BY_US, "another address is used"));
            }
        }
    }
}
