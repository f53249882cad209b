package io.wavegate.s2s.wire;

import io.wavegate.s2s.limit.Admission;
import io.wavegate.s2s.limit.Excess;
import io.wavegate.s2s.stream.StreamEffect;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamInput;
import java.util.List;
import java.util.Optional;

/** Has a stream's machine decide, and carries out what it decides. On the connection's loop alone. */
final class Interpreter {
    private final StreamConnection stream;
    private final Carrier carrier;
    private final ConnectionLoop loop;
    private final StreamMachine machine;
    private final StreamSurroundings surroundings;
    private final StreamEvents events;
    private final Admission admission;
    private final StreamTimers timers;
    private final KeepAlive keepAlive;
    private final Reading reading;
    private final InboundFlow inbound;
    private final Arrivals arrivals;
    private final StreamOutput output;
    private final HeldEnd heldEnd;
    private boolean over;

    /** @param stream for the events */
    Interpreter(
            StreamConnection stream,
            Carrier carrier,
            StreamMachine machine,
            StreamSurroundings surroundings,
            StreamEvents events,
            Admission admission) {
        this.stream = stream;
        this.carrier = carrier;
        this.machine = machine;
        this.surroundings = surroundings;
        this.events = events;
        this.admission = admission;
        loop = carrier.loop();
        ConnectionBounds bounds = surroundings.bounds();
        timers = new StreamTimers(loop, surroundings.clock(), timer -> input(new StreamInput.TimedOut(timer)));
        reading = new Reading(carrier, this::mayRead);
        inbound =
                new InboundFlow(surroundings.receiver(), loop, bounds.waitingBytes(), reading::regulate, this::handled);
        heldEnd = new HeldEnd(loop);
        arrivals = new Arrivals(inbound, heldEnd, new Listening());
        output = new StreamOutput(carrier, bounds.waitingBytes(), this::input);
        keepAlive = new KeepAlive(loop, bounds.keepalive(), () -> input(new StreamInput.Quiet()));
    }

    StreamOutput output() {
        return output;
    }

    StreamTimers timers() {
        return timers;
    }

    Reading reading() {
        return reading;
    }

    boolean isOver() {
        return over;
    }

    /** Not behind the end of the stream. */
    boolean isListening() {
        return !over && !heldEnd.isHeld();
    }

    void begin() {
        List<StreamEffect> first = machine.start();
        if (admission.refusal().isPresent()) {
            input(new StreamInput.Close(admission.refusal().get().end()));
            return;
        }
        carryOut(first);
        keepAlive.start();
    }

    void read(byte[] bytes) {
        arrivals.feed(bytes);
        reading.regulate();
    }

    /** Something happened to the connection: nothing that could still be dealt with matters any more. */
    void failed(StreamInput meaning) {
        heldEnd.release();
        input(meaning);
    }

    /** Without a word. */
    void refuse(StreamEnd end) {
        over = true;
        told(end.saying(Optional.empty()));
        carrier.close();
    }

    void input(StreamInput input) {
        carryOut(machine.on(input));
    }

    private void carryOut(List<StreamEffect> effects) {
        for (StreamEffect effect : effects) {
            carryOut(effect);
        }
    }

    private void carryOut(StreamEffect effect) {
        if (effect instanceof StreamEffect.Write write) {
            keepAlive.wrote();
            output.put(write.bytes());
        } else if (effect instanceof StreamEffect.Deliver deliver) {
            timers.stanza();
            inbound.add(deliver.pair(), deliver.stanza(), arrivals.elementBytes());
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
        } else if (effect instanceof StreamEffect.PeerIdle idle) {
            keepAlive.peerIdle(idle.idle());
        } else if (effect instanceof StreamEffect.StartTls) {
            carrier.startTls(machine.handshake(), arrivals.takeUnread());
        } else if (effect instanceof StreamEffect.Restart restart) {
            arrivals.restart(restart.elementBytes());
        } else if (effect instanceof StreamEffect.LimitElements limit) {
            arrivals.limitElementBytes(limit.bytes());
        } else if (effect instanceof StreamEffect.AskDialback ask) {
            ask(ask);
        } else if (effect instanceof StreamEffect.End end) {
            end(end.end());
        } else {
            tell(effect);
        }
    }

    private void tell(StreamEffect effect) {
        if (effect instanceof StreamEffect.Ready ready) {
            ready(ready);
        } else if (effect instanceof StreamEffect.Reverse reverse) {
            events.wayBack(stream, reverse.pair());
        } else if (effect instanceof StreamEffect.SeeOther other) {
            events.seeOther(other.place());
        } else if (effect instanceof StreamEffect.Verified verified) {
            events.verified(verified.answer());
        } else if (effect instanceof StreamEffect.Refused refused) {
            events.refused(refused.text());
        } else if (effect instanceof StreamEffect.Ignored ignored) {
            events.ignored(ignored.text());
        }
    }

    private void ready(StreamEffect.Ready ready) {
        String remote = ready.pair().remote();
        Optional<Excess> excess = admission.authenticated(remote, loop.nanos());
        if (excess.isPresent()) {
            surroundings.refusals().refused("a stream of " + remote, excess.get(), loop.nanos());
            stream.close(excess.get().end());
        } else {
            carrier.voucher(remote).ifPresent(voucher -> surroundings.receiver().authenticated(remote, voucher));
            events.ready(stream, ready.pair(), ready.method());
        }
    }

    private void ask(StreamEffect.AskDialback ask) {
        surroundings
                .verifier()
                .ask(ask.question(), admission.network())
                .whenCompleteAsync(
                        (answer, failure) -> input(new StreamInput.DialbackAnswered(ask.question(), answer)), loop);
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
        LastWrite.of(carrier, end.error().isPresent() && end.reason() != StreamEnd.Reason.REMOTE_STREAM_ERROR);
        loop.schedule(carrier::closeForcibly, surroundings.bounds().closing().toNanos());
    }

    private void told(StreamEnd end) {
        surroundings.counters().ended(machine.direction(), end);
        events.ended(end);
    }

    private void handled(int stanzas) {
        input(new StreamInput.Handled(stanzas));
        if (inbound.isDealtWith()) {
            heldEnd.release();
        }
    }

    /** A peer that does not read our answers, or stanzas that are not taken over, stop our reading. */
    private boolean mayRead() {
        // What comes after the end is thrown away.
        return over || (carrier.isWritable() && !inbound.isFull());
    }

    /** Hears what comes. */
    private final class Listening implements Arrivals.Listener {
        @Override
        public void heard() {
            events.heard();
        }

        @Override
        public void received(StreamInput.Received event) {
            input(event);
        }

        @Override
        public boolean isOver() {
            return over;
        }

        @Override
        public boolean holdsEnd() {
            return output.isAcknowledged() && !inbound.isDealtWith();
        }
    }
}
