package io.wavegate.s2s.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import io.wavegate.s2s.limit.Admission;
import io.wavegate.s2s.limit.Excess;
import io.wavegate.s2s.stream.StreamEffect;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamInput;
import io.wavegate.s2s.stream.Unsent;
import io.wavegate.s2s.vouch.Voucher;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.s2s.xml.XmlEvent;
import io.wavegate.s2s.xml.XmlLimits;
import io.wavegate.s2s.xml.XmppParser;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: bytes to events, events to the state machine, effects to the socket. Everything happens on the
 * connection's event loop; other threads come in through {@link #send} and {@link #close}.
 */
final class StreamHandler extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(StreamHandler.class);

    private final StreamMachine machine;
    private final StreamSurroundings surroundings;
    private final StreamEvents events;
    private final Admission admission;
    private final Channel channel;
    private final StreamTimers timers;
    private final KeepAlive keepAlive;
    private final Reading reading;
    private final InboundFlow inbound;
    private final StreamOutput output;
    private final HeldEnd heldEnd;
    private XmppParser parser = new XmppParser(XmlLimits.ofBytes(1));
    private boolean heard;
    private boolean over;
    private int elementBytes;
    private volatile boolean closing;
    private volatile long lastReadNanos = System.nanoTime();

    /** @param admission what the connection holds of the limits; closed by others when the connection is gone */
    StreamHandler(
            Channel channel,
            StreamMachine machine,
            StreamSurroundings surroundings,
            StreamEvents events,
            Admission admission) {
        this.channel = channel;
        this.machine = machine;
        this.surroundings = surroundings;
        this.events = events;
        this.admission = admission;
        timers = new StreamTimers(
                channel.eventLoop(),
                surroundings.identities().clock(),
                timer -> input(new StreamInput.TimedOut(timer)));
        reading = new Reading(channel, this::mayRead);
        inbound = new InboundFlow(
                surroundings.receiver(),
                channel.eventLoop(),
                surroundings.settings().inboundBytes(),
                reading::regulate,
                this::handled);
        heldEnd = new HeldEnd(channel.eventLoop());
        output = new StreamOutput(channel, surroundings.settings().inboundBytes(), this::input);
        keepAlive = new KeepAlive(
                channel.eventLoop(), surroundings.settings().keepalive(), () -> input(new StreamInput.Quiet()));
    }

    /**
     * Sends stanzas in one flush; see {@link io.wavegate.s2s.stream.OutgoingStream#send}.
     *
     * @param sender who is to know what becomes of them
     */
    CompletionStage<Unsent> send(Object sender, List<XmlElement> stanzas) {
        CompletableFuture<Unsent> sent = new CompletableFuture<>();
        if (!run(() -> {
            output.send(sender, stanzas, sent);
            timers.stanza();
        })) {
            sent.completeExceptionally(new ClosedChannelException());
        }
        return sent;
    }

    /** What this one sent and was never acknowledged, once the stream has ended. */
    List<XmlElement> unacknowledged(Object sender) {
        return output.unacknowledged(sender);
    }

    /** See {@link StreamOutput#whenSettled}. */
    void whenSettled(Object sender, Runnable task) {
        run(() -> output.whenSettled(sender, task));
    }

    boolean isAcknowledged() {
        return output.isAcknowledged();
    }

    /** For how long nothing has come. */
    Duration silence() {
        return Duration.ofNanos(System.nanoTime() - lastReadNanos);
    }

    /** Ends the stream for this reason. */
    void close(StreamEnd end) {
        closing = true;
        run(() -> input(new StreamInput.Close(end)));
    }

    /** Whether it was told to end. */
    boolean isClosing() {
        return closing;
    }

    /** TLS version and cipher suite, or "plaintext", for an operator. */
    String security() {
        return TlsLayer.describe(channel);
    }

    /** Completes when the connection is gone. */
    CompletableFuture<Void> closed() {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        channel.closeFuture().addListener(future -> closed.complete(null));
        return closed;
    }

    /** Not if everything is already shut down. */
    private boolean run(Runnable task) {
        try {
            channel.eventLoop().execute(task);
            return true;
        } catch (RejectedExecutionException shutDown) {
            return false;
        }
    }

    /** Ends a connection that may not stay without a word. */
    void refuseSilently(StreamEnd end) {
        over = true;
        told(end.saying(Optional.empty()));
        channel.close();
    }

    /** Reads no more for so long. */
    void pauseReading(long nanos) {
        reading.pause(nanos);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        List<StreamEffect> first = machine.start();
        if (admission.refusal().isPresent()) {
            input(new StreamInput.Close(admission.refusal().get().end()));
            return;
        }
        carryOut(first);
        keepAlive.start();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof ByteBuf bytes && !over && !heldEnd.isHeld()) {
                lastReadNanos = System.nanoTime();
                parser.feed(ByteBufUtil.getBytes(bytes));
                readEvents();
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void readEvents() {
        for (Optional<XmlEvent> event = parser.next(); event.isPresent() && !over; event = parser.next()) {
            if (!heard) {
                heard = true;
                events.heard();
            }
            elementBytes = event.get() instanceof XmlEvent.FirstLevel first ? first.bytes() : 0;
            if (elementBytes == 0) {
                // What came before the end counts as handled before it, if it is.
                inbound.handOver();
            }
            StreamInput received = new StreamInput.Received(event.get());
            if (event.get() instanceof XmlEvent.StreamClosed && output.isAcknowledged() && !inbound.isDealtWith()) {
                heldEnd.hold(() -> input(received));
                break;
            }
            input(received);
        }
        inbound.handOver();
        reading.regulate();
    }

    private void handled(int stanzas) {
        input(new StreamInput.Handled(stanzas));
        if (inbound.isDealtWith()) {
            heldEnd.release();
        }
    }

    private void input(StreamInput input) {
        carryOut(machine.on(input));
    }

    private void carryOut(List<StreamEffect> effects) {
        effects.forEach(this::carryOut);
    }

    private void carryOut(StreamEffect effect) {
        if (effect instanceof StreamEffect.Write write) {
            keepAlive.wrote();
            output.put(write.bytes());
        } else if (effect instanceof StreamEffect.Deliver deliver) {
            timers.stanza();
            inbound.add(deliver.pair(), deliver.stanza(), elementBytes);
        } else if (effect instanceof StreamEffect.Schedule schedule) {
            timers.schedule(schedule.timer(), schedule.delay());
        } else if (effect instanceof StreamEffect.ScheduleAt schedule) {
            timers.scheduleAt(schedule.timer(), schedule.moment());
        } else if (effect instanceof StreamEffect.Cancel cancel) {
            timers.cancel(cancel.timer());
        } else if (effect instanceof StreamEffect.Keep keep) {
            output.keep(keep.stanzas());
        } else if (effect instanceof StreamEffect.Acknowledged handled) {
            output.acknowledged(handled.stanzas());
        } else if (effect instanceof StreamEffect.TooLarge tooLarge) {
            output.tooLarge(tooLarge.unsent());
        } else if (effect instanceof StreamEffect.Acknowledging acknowledging) {
            output.acknowledging(acknowledging.on());
        } else if (effect instanceof StreamEffect.Reverse reverse) {
            events.wayBack(this, reverse.pair());
        } else if (effect instanceof StreamEffect.SeeOther other) {
            events.seeOther(other.place());
        } else if (effect instanceof StreamEffect.PeerIdle idle) {
            keepAlive.peerIdle(idle.idle());
        } else if (effect instanceof StreamEffect.StartTls) {
            TlsLayer.start(channel, machine.newEngine(), surroundings.tlsExecutor(), parser.takeUnread());
        } else if (effect instanceof StreamEffect.Restart restart) {
            restart(restart.elementBytes());
        } else if (effect instanceof StreamEffect.LimitElements limit) {
            parser.limitElementBytes(limit.bytes());
        } else if (effect instanceof StreamEffect.AskDialback ask) {
            ask(ask);
        } else if (effect instanceof StreamEffect.Verified verified) {
            events.verified(verified.answer());
        } else if (effect instanceof StreamEffect.Ready ready) {
            ready(ready);
        } else if (effect instanceof StreamEffect.Refused refused) {
            events.refused(refused.text());
        } else if (effect instanceof StreamEffect.Ignored ignored) {
            LOG.debug("{}: ignored {}", channel.remoteAddress(), ignored.text());
        } else if (effect instanceof StreamEffect.End end) {
            end(end.end());
        }
    }

    private void ready(StreamEffect.Ready ready) {
        Optional<Excess> excess = admission.authenticated(ready.pair().remote(), System.nanoTime());
        if (excess.isPresent()) {
            surroundings.limitLog().refused("a stream of " + ready.pair().remote(), excess.get(), System.nanoTime());
            close(excess.get().end());
        } else {
            voucher(ready.pair().remote())
                    .ifPresent(voucher ->
                            surroundings.receiver().authenticated(ready.pair().remote(), voucher));
            events.ready(this, ready.pair(), ready.method());
        }
    }

    private Optional<Voucher> voucher(String remote) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        return tls == null
                ? Optional.empty()
                : PeerChain.voucher(tls.engine().getSession(), surroundings.identities(), remote);
    }

    private void restart(int limit) {
        byte[] unread = parser.takeUnread();
        parser = new XmppParser(XmlLimits.ofBytes(limit));
        if (unread.length > 0) {
            parser.feed(unread);
        }
    }

    private void ask(StreamEffect.AskDialback ask) {
        surroundings
                .verifier()
                .ask(ask.question(), admission.network())
                .whenCompleteAsync(
                        (answer, failure) -> input(new StreamInput.DialbackAnswered(ask.question(), answer)),
                        channel.eventLoop());
    }

    private void end(StreamEnd end) {
        if (over) {
            return;
        }
        over = true;
        timers.cancelAll();
        keepAlive.stop();
        inbound.handOver();
        output.end();
        told(end);
        reading.regulate();
        ChannelFuture lastWrite = output.flushed();
        if (end.error().isPresent() && end.reason() != StreamEnd.Reason.REMOTE_STREAM_ERROR) {
            LingeringClose.after(lastWrite);
        } else {
            lastWrite.addListener(ChannelFutureListener.CLOSE);
        }
        long patience = surroundings.settings().timeouts().closing().toMillis();
        channel.eventLoop().schedule(() -> channel.unsafe().closeForcibly(), patience, TimeUnit.MILLISECONDS);
    }

    private void told(StreamEnd end) {
        surroundings.counters().ended(machine.direction(), end);
        events.ended(end);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                SslHandler tls = ctx.pipeline().get(SslHandler.class);
                SSLSession session = tls.engine().getSession();
                input(new StreamInput.Secured(
                        PeerChain.of(session, surroundings.identities()),
                        OwnCertificateEnd.of(session, surroundings.identities().clock())));
            } else {
                input(new StreamInput.TlsFailed(Causes.text(handshake.cause())));
            }
        }
        super.userEventTriggered(ctx, event);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) throws Exception {
        reading.regulate();
        super.channelWritabilityChanged(ctx);
    }

    /** A peer that does not read our answers, or stanzas that are not taken over, stop our reading. */
    private boolean mayRead() {
        // What comes after the end is thrown away.
        return over || (channel.isWritable() && !inbound.isFull());
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        heldEnd.release();
        input(new StreamInput.Disconnected("closed by the other side without the end of the stream"));
        timers.cancelAll();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        try {
            heldEnd.release();
            input(Causes.input(cause, channel.remoteAddress()));
        } finally {
            if (!Causes.isOurs(cause) || !over) {
                ctx.close();
            }
        }
    }
}
