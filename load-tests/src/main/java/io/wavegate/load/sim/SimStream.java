package io.wavegate.load.sim;

import io.wavegate.load.sim.stream.OncePerStream;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.OutgoingStream;
import io.wavegate.s2s.stream.StanzaReceiver;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamEndedException;
import io.wavegate.s2s.stream.Unsent;
import io.wavegate.s2s.xml.XmlElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A stream of the simulated internet, one way. In order as long as it holds. */
final class SimStream implements OutgoingStream {
    private final SimInternet internet;
    private final int number;
    private final SimNode from;
    private final Life fromLife;
    private final DomainPair pair;
    private final Optional<SimNode> to;
    private final Optional<Life> toLife;
    private final CompletableFuture<StreamEnd> ended = new CompletableFuture<>();
    private final OncePerStream once = new OncePerStream();
    private long lastArrival;

    SimStream(SimInternet internet, int number, SimNode from, DomainPair pair, Optional<SimNode> to) {
        this.internet = internet;
        this.number = number;
        this.from = from;
        this.fromLife = from.life().orElseThrow();
        this.pair = pair;
        this.to = to;
        this.toLife = to.flatMap(SimNode::life);
    }

    @Override
    public DomainPair pair() {
        return pair;
    }

    boolean touches(SimNode node) {
        return from == node && fromLife.isOver()
                || to.filter(there -> there == node).isPresent()
                        && toLife.map(Life::isOver).orElse(false);
    }

    @Override
    public CompletionStage<Unsent> send(List<XmlElement> stanzas) {
        World world = internet.world();
        if (ended.isDone()) {
            return CompletableFuture.failedFuture(new StreamEndedException(ended.join()));
        }
        CompletableFuture<Unsent> sent = new CompletableFuture<>();
        if (fromLife.isOver() || world.muted()) {
            return sent;
        }
        SimInternet.Faults faults = internet.faults();
        once.again(stanzas).ifPresent(internet::sentAgain);
        world.trace().line(world, () -> from.name() + " sends on stream " + number + " " + excerpt(stanzas));
        if (world.perMille(faults.broken())) {
            world.after(world.between(0, 50_000), () -> end(StreamEnd.Reason.CONNECTION_LOST));
        }
        List<XmlElement> arriving = new ArrayList<>(stanzas.size());
        for (XmlElement stanza : stanzas) {
            if (!world.perMille(faults.lost())) {
                arriving.add(stanza);
                if (world.perMille(faults.doubled())) {
                    arriving.add(stanza);
                }
            }
        }
        long way = world.between(500, faults.slowestMicros());
        lastArrival = Math.max(lastArrival, world.now() + way);
        // A stream to a domain that cannot be reached any more looks open, and nothing arrives.
        if (!internet.isCut(pair.local(), pair.remote())) {
            arrive(arriving, lastArrival - world.now());
        }
        world.after(world.between(20, 300), from.slot(), () -> {
            if (!fromLife.isOver()) {
                sent.complete(Unsent.NOTHING);
            }
        });
        return sent;
    }

    private static String excerpt(List<XmlElement> stanzas) {
        String all = stanzas.toString();
        return all.length() > 600 ? all.substring(0, 600) + "..." : all;
    }

    private void arrive(List<XmlElement> stanzas, long after) {
        World world = internet.world();
        if (to.isEmpty()) {
            world.after(after, () -> internet.toStranger(pair, stanzas));
            return;
        }
        SimNode there = to.get();
        Life life = toLife.orElseThrow();
        world.after(after, there.slot(), () -> {
            StanzaReceiver receiver = there.receiver().orElse(null);
            if (receiver != null && !life.isOver() && !ended.isDone()) {
                receiver.receive(new DomainPair(pair.remote(), pair.local()), stanzas);
            }
        });
    }

    @Override
    public CompletionStage<StreamEnd> ended() {
        return ended;
    }

    @Override
    public void close() {
        if (!internet.world().muted()) {
            internet.world().after(20_000, () -> end(StreamEnd.Reason.CLOSED_BY_US));
        }
    }

    void end(StreamEnd.Reason reason) {
        internet.ended(this);
        if (!ended.isDone() && !fromLife.isOver()) {
            internet.world().after(1, from.slot(), () -> ended.complete(new StreamEnd(reason, "in the simulation")));
        }
    }

    /** The same in every run: sets of streams must not be in an order that depends on where objects lie in memory. */
    @Override
    public int hashCode() {
        return number;
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }
}
