package io.wavegate.s2s.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.wavegate.s2s.component.ComponentEffect;
import io.wavegate.s2s.component.ComponentInput;
import io.wavegate.s2s.component.ComponentLimits;
import io.wavegate.s2s.component.ComponentMachine;
import io.wavegate.s2s.component.ComponentState;
import io.wavegate.s2s.component.ComponentStep;
import io.wavegate.s2s.component.ComponentStream;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.StanzaReceiver;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamEndedException;
import io.wavegate.s2s.wire.HeldEnd;
import io.wavegate.s2s.wire.InboundFlow;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.s2s.xml.XmlEvent;
import io.wavegate.s2s.xml.XmlLimits;
import io.wavegate.s2s.xml.XmlWriter;
import io.wavegate.s2s.xml.Xmlns;
import io.wavegate.s2s.xml.XmppParser;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection with a component, or as one: bytes to events, events to the machine, effects to the socket. All on the
 * connection's event loop; other threads come in through {@link #send} and {@link #close}.
 */
final class ComponentHandler extends ChannelInboundHandlerAdapter implements ComponentStream {
    private static final Logger LOG = LoggerFactory.getLogger(ComponentHandler.class);
    /** How long the end of a connection waits at most for what came on it to be dealt with. */
    static final Duration LAST_WORDS = HeldEnd.AT_MOST;

    /** An answer passes two mailboxes when what it answers counts as dealt with. */
    private static final Duration QUIET = Duration.ofMillis(100);

    private static final byte[] SPACE = " ".getBytes(StandardCharsets.US_ASCII);

    private final Channel channel;
    private final ComponentMachine machine;
    private final ComponentEvents events;
    private final Duration keepalive;
    private final Duration patience;
    private final InboundFlow inbound;
    private final HeldEnd held;
    private final XmppParser parser = new XmppParser(XmlLimits.ofBytes(ComponentLimits.BYTES_BEFORE), Xmlns.COMPONENT);
    private final AtomicLong waiting = new AtomicLong();
    private final CompletableFuture<StreamEnd> ended = new CompletableFuture<>();
    private volatile String host = "";
    private ComponentState state = new ComponentState.AwaitingHeader();
    private DomainPair from = new DomainPair("", "");
    private @Nullable Future<?> deadline;
    private int elementBytes;
    private boolean flushDue;

    /**
     * @param inboundBytes stanzas that may be under way before reading stops
     * @param patience with which a connection that has ended is left to flush
     */
    ComponentHandler(
            Channel channel,
            ComponentMachine machine,
            ComponentEvents events,
            int inboundBytes,
            Duration keepalive,
            Duration patience) {
        this.channel = channel;
        this.machine = machine;
        this.events = events;
        this.keepalive = keepalive;
        this.patience = patience;
        held = new HeldEnd(new NettyLoop(channel.eventLoop()));
        inbound = new InboundFlow(
                new StanzaReceiver() {
                    @Override
                    public CompletionStage<Void> received(DomainPair pair, List<XmlElement> stanzas) {
                        return receive(pair, stanzas).takenOver();
                    }

                    @Override
                    public Reception receive(DomainPair pair, List<XmlElement> stanzas) {
                        return events.received(pair.local(), stanzas);
                    }
                },
                channel.eventLoop(),
                inboundBytes,
                this::regulate,
                handled -> endWhenDrained());
    }

    @Override
    public String host() {
        return host;
    }

    @Override
    public long waiting() {
        return waiting.get();
    }

    @Override
    public CompletionStage<StreamEnd> ended() {
        return ended.minimalCompletionStage();
    }

    @Override
    public CompletionStage<Void> send(List<XmlElement> stanzas) {
        CompletableFuture<Void> sent = new CompletableFuture<>();
        byte[] bytes = XmlWriter.write(stanzas);
        waiting.addAndGet(bytes.length);
        run(() -> {
                    if (state instanceof ComponentState.Established) {
                        put(bytes).addListener(written -> {
                            settle(bytes.length, sent, written.isSuccess());
                            endWhenDrained();
                        });
                    } else {
                        settle(bytes.length, sent, false);
                    }
                })
                .ifPresent(rejected -> settle(bytes.length, sent, false));
        return sent;
    }

    private void settle(int bytes, CompletableFuture<Void> sent, boolean success) {
        waiting.addAndGet(-bytes);
        if (success) {
            sent.complete(null);
        } else {
            sent.completeExceptionally(new StreamEndedException(ended.getNow(new StreamEnd(
                    StreamEnd.Reason.CONNECTION_LOST, "the connection of component " + host + " is gone"))));
        }
    }

    /** No more is read; what was read is dealt with, and what waits is written, within a bounded time. */
    @Override
    public void close(StreamEnd end) {
        if (!channel.isActive()) {
            ended.complete(end);
        }
        run(() -> hold(end)).ifPresent(rejected -> ended.complete(end));
    }

    private void hold(StreamEnd end) {
        if (held.isHeld()) {
            return;
        }
        held.hold(() -> {
            input(new ComponentInput.Close(end));
            regulate();
        });
        if (state instanceof ComponentState.Established && !isDrained()) {
            regulate();
        } else {
            held.release();
        }
    }

    private boolean isDrained() {
        return inbound.isDealtWith() && waiting.get() == 0;
    }

    private void endWhenDrained() {
        if (held.isHeld() && isDrained()) {
            channel.eventLoop()
                    .schedule(
                            () -> {
                                if (isDrained()) {
                                    held.release();
                                }
                            },
                            QUIET.toMillis(),
                            TimeUnit.MILLISECONDS);
        }
    }

    /** Something to acknowledge, by which TCP finds out whether the other side still lives. */
    @Override
    public void probe() {
        run(() -> put(SPACE));
    }

    private Optional<RejectedExecutionException> run(Runnable task) {
        try {
            channel.eventLoop().execute(task);
            return Optional.empty();
        } catch (RejectedExecutionException shutDown) {
            return Optional.of(shutDown);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        take(machine.start());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof ByteBuf bytes && !(state instanceof ComponentState.Ended)) {
                parser.feed(ByteBufUtil.getBytes(bytes));
                readEvents();
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void readEvents() {
        for (Optional<XmlEvent> event = parser.next(); event.isPresent(); event = parser.next()) {
            elementBytes = event.get() instanceof XmlEvent.FirstLevel first ? first.bytes() : 0;
            input(new ComponentInput.Received(event.get()));
        }
        inbound.handOver();
        regulate();
    }

    private void input(ComponentInput input) {
        take(machine.on(state, input));
    }

    private void take(ComponentStep step) {
        state = step.state();
        step.effects().forEach(this::carryOut);
    }

    private void carryOut(ComponentEffect effect) {
        if (effect instanceof ComponentEffect.Deliver deliver) {
            inbound.add(from, deliver.stanza(), elementBytes);
        } else if (effect instanceof ComponentEffect.Write write) {
            put(write.bytes());
        } else if (effect instanceof ComponentEffect.Claim claim) {
            host = claim.host();
            input(new ComponentInput.Claimed(events.claim(claim.host(), this)));
        } else if (effect instanceof ComponentEffect.Ready ready) {
            ready(ready);
        } else if (effect instanceof ComponentEffect.Deadline due) {
            deadline(due.after());
        } else if (effect instanceof ComponentEffect.Ignored ignored) {
            LOG.debug("{}: ignored {}", channel.remoteAddress(), ignored.text());
        } else if (effect instanceof ComponentEffect.End end) {
            end(end.end());
        }
    }

    private void ready(ComponentEffect.Ready ready) {
        host = ready.host();
        from = new DomainPair(host, host);
        parser.limitElementBytes(ready.elementBytes());
        long nanos = keepalive.toNanos();
        Future<?> spaces = channel.eventLoop().scheduleAtFixedRate(this::probe, nanos, nanos, TimeUnit.NANOSECONDS);
        channel.closeFuture().addListener(closed -> spaces.cancel(false));
        events.ready(host, this);
    }

    private void deadline(Duration after) {
        if (deadline != null) {
            deadline.cancel(false);
        }
        deadline = after.isZero()
                ? null
                : channel.eventLoop()
                        .schedule(() -> input(new ComponentInput.TimedOut()), after.toNanos(), TimeUnit.NANOSECONDS);
    }

    private ChannelFuture put(byte[] bytes) {
        ChannelFuture written = channel.write(Unpooled.wrappedBuffer(bytes));
        if (!flushDue) {
            // Whatever else is ready on this event loop goes into the same flush.
            flushDue = true;
            channel.eventLoop().execute(() -> {
                flushDue = false;
                channel.flush();
            });
        }
        return written;
    }

    private void end(StreamEnd end) {
        inbound.handOver();
        ended.complete(end);
        events.ended(this, end);
        // Closing at once, with something of theirs unread, would be a reset, which can overtake our last words.
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(flushed -> ((DuplexChannel) channel).shutdownOutput());
        Future<?> forced = channel.eventLoop()
                .schedule(
                        () -> channel.unsafe().close(channel.unsafe().voidPromise()),
                        patience.toMillis(),
                        TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(closed -> forced.cancel(false));
    }

    /** Stanzas that are not taken over stop our reading: TCP is the queue then. */
    private void regulate() {
        boolean read = !inbound.isFull() && !held.isHeld();
        if (read != channel.config().isAutoRead()) {
            channel.config().setAutoRead(read);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        input(new ComponentInput.Disconnected("closed without the end of the stream"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        input(new ComponentInput.Disconnected(Causes.text(cause)));
        ctx.close();
    }
}
