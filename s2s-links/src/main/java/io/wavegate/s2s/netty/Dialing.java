package io.wavegate.s2s.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.wavegate.s2s.resolve.Resolution;
import io.wavegate.s2s.resolve.Target;
import io.wavegate.s2s.stream.AuthenticatedBy;
import io.wavegate.s2s.stream.DialbackAnswer;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.OutgoingStream;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamEndedException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt to reach a domain: its targets and their addresses one after the other, until one gives a stream. An address
 * counts as reached only when the stream is ready, since a dead TLS terminator accepts TCP too; what the domain itself
 * decides (authentication, certificate, policy) is final and not asked again at the next address.
 */
final class Dialing {
    private static final Logger LOG = LoggerFactory.getLogger(Dialing.class);

    private final DomainPair pair;
    private final DialledHandler handlers;
    private final Bootstrap bootstrap;
    private final Deque<Attempt> attempts = new ArrayDeque<>();
    private final List<String> steps = new ArrayList<>();
    private final long deadlineNanos;
    private final CompletableFuture<OutgoingStream> opened = new CompletableFuture<>();
    private final CompletableFuture<DialbackAnswer> answered = new CompletableFuture<>();
    private StreamEnd.Reason lastReason = StreamEnd.Reason.CONNECT_FAILED;

    Dialing(
            DomainPair pair,
            Resolution.Targets targets,
            Bootstrap bootstrap,
            Duration patience,
            DialledHandler handlers) {
        this.pair = pair;
        this.bootstrap = bootstrap;
        this.handlers = handlers;
        deadlineNanos = System.nanoTime() + patience.toNanos();
        steps.addAll(targets.steps());
        for (Target target : targets.targets()) {
            for (InetAddress address : target.addresses()) {
                attempts.add(new Attempt(target, new InetSocketAddress(address, target.port())));
            }
        }
    }

    /** The stream, once it is ready; or why there is none. */
    CompletableFuture<OutgoingStream> opened() {
        return opened;
    }

    /** The answer, for a stream that asks for one. */
    CompletableFuture<DialbackAnswer> answered() {
        return answered;
    }

    void next() {
        Attempt attempt = attempts.poll();
        if (attempt == null || System.nanoTime() - deadlineNanos > 0) {
            String why = attempt == null ? "" : "; no time for the remaining addresses";
            fail(new StreamEnd(lastReason, "no stream to " + pair.remote() + ": " + String.join("; ", steps) + why));
            return;
        }
        ChannelFuture connecting = bootstrap
                .clone()
                .handler(new PipelineBuilder(channel -> handlers.handler(channel, attempt.target, attempt)))
                .connect(attempt.address);
        connecting.addListener(future -> {
            if (!future.isSuccess()) {
                attempt.failed(StreamEnd.Reason.CONNECT_FAILED, Causes.text(future.cause()));
            }
        });
    }

    private void fail(StreamEnd end) {
        opened.completeExceptionally(new StreamEndedException(end));
        answered.completeExceptionally(new StreamEndedException(end));
    }

    private static boolean isFinal(StreamEnd.Reason reason) {
        return switch (reason) {
            case AUTHENTICATION_FAILED, CERTIFICATE_REFUSED, POLICY_REFUSED, SHUTDOWN, CLOSED_BY_US -> true;
            default -> false;
        };
    }

    /** One address. */
    private final class Attempt implements StreamEvents {
        private final Target target;
        private final InetSocketAddress address;
        private final CompletableFuture<StreamEnd> ended = new CompletableFuture<>();
        private boolean successful;

        private Attempt(Target target, InetSocketAddress address) {
            this.target = target;
            this.address = address;
        }

        @Override
        public void ready(StreamHandler stream, DomainPair of, AuthenticatedBy method) {
            successful = true;
            LOG.info(
                    "stream to {} port {}: {} to {} authenticated by {}, {}",
                    address.getAddress().getHostAddress(),
                    address.getPort(),
                    of.local(),
                    of.remote(),
                    method,
                    stream.security());
            opened.complete(NettyOutgoingStream.opened(of, stream, ended));
        }

        @Override
        public void verified(DialbackAnswer answer) {
            successful = true;
            answered.complete(answer);
        }

        @Override
        public void ended(StreamEnd end) {
            ended.complete(end);
            // Whatever answers TLS on a port, a web server for one, has not spoken for the domain yet.
            boolean stranger = target.directTls() && end.reason() == StreamEnd.Reason.CERTIFICATE_REFUSED;
            if (!successful && isFinal(end.reason()) && !stranger) {
                fail(end);
            } else if (!successful) {
                failed(end.reason(), end.text());
            }
        }

        private void failed(StreamEnd.Reason reason, String text) {
            lastReason = reason;
            steps.add(address.getAddress().getHostAddress() + " port " + address.getPort() + ": " + text);
            next();
        }
    }
}
