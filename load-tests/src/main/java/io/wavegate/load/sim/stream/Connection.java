package io.wavegate.load.sim.stream;

import io.wavegate.s2s.netty.InboundFlow;
import io.wavegate.s2s.stream.StreamEffect;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamInput;
import io.wavegate.s2s.stream.Unsent;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.s2s.xml.XmlEvent;
import io.wavegate.s2s.xml.XmlLimits;
import io.wavegate.s2s.xml.XmppParser;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One connection: bytes to events, events to the product's state machine, effects to the socket. */
final class Connection implements SimSocket.Owner {
    private static final long HELD_END_MICROS = 2_000_000;
    private static final long LINGERING_MICROS = 1_000_000;

    private final Machine<?> machine;
    private final SimSocket socket;
    private final Shared shared;
    private final StreamEvents events;
    private final Loop loop;
    private final ConnectionTimers timers;
    private final InboundFlow inbound;
    private final Output output;
    private final Quiet quiet;
    private XmppParser parser = new XmppParser(XmlLimits.ofBytes(1));
    private @Nullable NoTls handshake;
    private @Nullable Runnable heldEnd;
    private boolean heard;
    private boolean over;
    private boolean closing;
    private int elementBytes;
    private long lastRead;

    Connection(Machine<?> machine, SimSocket socket, Shared shared, StreamEvents events) {
        this.machine = machine;
        this.socket = socket;
        this.shared = shared;
        this.events = events;
        loop = shared.loop();
        lastRead = loop.micros();
        timers = new ConnectionTimers(loop, shared.clock(), timer -> {
            if (!shared.has(Flaw.DEAF_TIMERS)) {
                input(new StreamInput.TimedOut(timer));
            }
        });
        inbound = new InboundFlow(
                new WatchedReceiver(shared.receiver(), socket.in(), shared.has(Flaw.ACKNOWLEDGE_ON_ARRIVAL)),
                work -> loop.after(3, work),
                shared.settings().inboundBytes(),
                this::regulate,
                this::handled);
        output = new Output(socket, shared.settings().inboundBytes(), this::input);
        quiet = new Quiet(loop, shared.settings().keepalive(), () -> input(new StreamInput.Quiet()));
    }

    /** The connection is up. */
    void begin() {
        socket.own(this);
        carryOut(machine.start());
        quiet.start();
    }

    CompletionStage<Unsent> send(Object sender, List<XmlElement> stanzas) {
        CompletableFuture<Unsent> sent = new CompletableFuture<>();
        loop.after(loop.between(1, 20), () -> {
            if (socket.isClosed()) {
                sent.completeExceptionally(new IOException("the connection is gone"));
            } else {
                output.send(sender, stanzas, sent);
                timers.stanza();
            }
        });
        return sent;
    }

    List<XmlElement> unacknowledged(Object sender) {
        List<XmlElement> given = shared.has(Flaw.FORGET_UNACKNOWLEDGED) ? List.of() : output.unacknowledged(sender);
        socket.out().givenBack(sender, given);
        return given;
    }

    void whenSettled(Object sender, Runnable task) {
        loop.after(1, () -> output.whenSettled(sender, task));
    }

    boolean isAcknowledged() {
        return output.isAcknowledged();
    }

    long silentMicros() {
        return loop.micros() - lastRead;
    }

    void close(StreamEnd end) {
        closing = true;
        loop.after(1, () -> input(new StreamInput.Close(end)));
    }

    boolean isClosing() {
        return closing;
    }

    // ---- what comes

    @Override
    public void read(byte[] bytes) {
        if (over || heldEnd != null) {
            return;
        }
        lastRead = loop.micros();
        if (handshake != null) {
            handshake(bytes);
        } else {
            parser.feed(bytes);
            readEvents();
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
                inbound.handOver();
            }
            StreamInput received = new StreamInput.Received(event.get());
            if (event.get() instanceof XmlEvent.StreamClosed && output.isAcknowledged() && !inbound.isDealtWith()) {
                heldEnd = () -> input(received);
                loop.after(HELD_END_MICROS, this::releaseEnd);
                break;
            }
            input(received);
        }
        inbound.handOver();
        regulate();
    }

    private void releaseEnd() {
        Runnable held = heldEnd;
        heldEnd = null;
        if (held != null) {
            held.run();
        }
    }

    private void handled(int stanzas) {
        input(new StreamInput.Handled(stanzas));
        if (inbound.isDealtWith()) {
            releaseEnd();
        }
    }

    private void handshake(byte[] bytes) {
        NoTls under = handshake;
        if (under == null || bytes.length == 0) {
            return;
        }
        switch (under.feed(bytes)) {
            case WAITING -> {}
            case NO_TLS -> {
                handshake = null;
                input(new StreamInput.TlsFailed("not an SSL/TLS record"));
            }
            case DONE -> {
                handshake = null;
                if (!machine.isInitiating()) {
                    sayWord();
                }
                input(new StreamInput.Secured(under.certificate()));
                if (!over && under.behind().length > 0) {
                    parser.feed(under.behind());
                    readEvents();
                }
            }
        }
    }

    private void sayWord() {
        output.put(NoTls.word(shared.domain(), shared.trusted()));
    }

    private void regulate() {
        socket.read(over || (socket.isWritable() && !inbound.isFull()));
    }

    @Override
    public void writable() {
        regulate();
    }

    @Override
    public void closed() {
        disconnected("closed by the other side without the end of the stream");
    }

    @Override
    public void lost(String why) {
        disconnected(why);
    }

    private void disconnected(String why) {
        releaseEnd();
        input(new StreamInput.Disconnected(why));
        timers.cancelAll();
    }

    @Override
    public void timedOut() {
        releaseEnd();
        input(new StreamInput.Close(
                new StreamEnd(StreamEnd.Reason.UNRESPONSIVE, "the peer took nothing of what was sent for long")));
        input(new StreamInput.Disconnected("timed out"));
        timers.cancelAll();
    }

    // ---- what is to be done

    private void input(StreamInput input) {
        carryOut(machine.on(input));
    }

    private void carryOut(List<StreamEffect> effects) {
        boolean givenUp = effects.contains(new StreamEffect.Acknowledging(false));
        effects.forEach(effect -> carryOut(effect, givenUp));
    }

    private void carryOut(StreamEffect effect, boolean givenUp) {
        if (effect instanceof StreamEffect.Write write) {
            quiet.wrote();
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
            output.acknowledged(handled.stanzas(), givenUp);
        } else if (effect instanceof StreamEffect.TooLarge tooLarge) {
            output.tooLarge(tooLarge.unsent());
        } else if (effect instanceof StreamEffect.Acknowledging acknowledging) {
            output.acknowledging(acknowledging.on());
        } else if (effect instanceof StreamEffect.PeerIdle idle) {
            quiet.peerIdle(idle.idle());
        } else if (effect instanceof StreamEffect.StartTls) {
            startTls();
        } else if (effect instanceof StreamEffect.Restart restart) {
            restart(restart.elementBytes());
        } else if (effect instanceof StreamEffect.LimitElements limit) {
            parser.limitElementBytes(limit.bytes());
        } else {
            tell(effect);
        }
    }

    private void tell(StreamEffect effect) {
        if (effect instanceof StreamEffect.Reverse reverse) {
            events.wayBack(this, reverse.pair());
        } else if (effect instanceof StreamEffect.AskDialback ask) {
            shared.verifier()
                    .ask(ask.question())
                    .whenComplete((answer, failure) ->
                            loop.after(1, () -> input(new StreamInput.DialbackAnswered(ask.question(), answer))));
        } else if (effect instanceof StreamEffect.Verified verified) {
            events.verified(verified.answer());
        } else if (effect instanceof StreamEffect.Ready ready) {
            loop.line(shared.domain() + ": stream of " + ready.pair() + " ready by " + ready.method());
            events.ready(this, ready.pair());
        } else if (effect instanceof StreamEffect.End end) {
            end(end.end());
        }
    }

    private void startTls() {
        output.flush();
        handshake = new NoTls();
        if (machine.isInitiating()) {
            sayWord();
        }
        handshake(parser.takeUnread());
    }

    private void restart(int limit) {
        byte[] unread = parser.takeUnread();
        parser = new XmppParser(XmlLimits.ofBytes(limit));
        if (unread.length > 0) {
            parser.feed(unread);
        }
    }

    private void end(StreamEnd end) {
        if (over) {
            return;
        }
        over = true;
        loop.line(shared.domain() + ": stream ended: " + end.label() + ": " + end.text());
        timers.cancelAll();
        quiet.stop();
        inbound.handOver();
        output.end();
        events.ended(end);
        regulate();
        output.flush();
        boolean linger = end.error().isPresent() && end.reason() != StreamEnd.Reason.REMOTE_STREAM_ERROR;
        loop.after(linger ? LINGERING_MICROS : 1, this::closeWhenWritten);
        loop.after(ConnectionTimers.micros(shared.settings().timeouts().closing()), socket::closeForcibly);
    }

    private void closeWhenWritten() {
        if (socket.isWritable()) {
            socket.close();
        }
    }
}
