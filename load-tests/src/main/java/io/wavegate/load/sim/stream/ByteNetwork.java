package io.wavegate.load.sim.stream;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** What lies between the nodes of all domains: addresses where somebody listens or nobody, and connections. */
public final class ByteNetwork {
    private final Loop loop;
    private final Between between;
    private final StreamJudge judge;
    private final Map<InetAddress, Listener> listeners = new LinkedHashMap<>();
    private final Set<Wire> wires = new LinkedHashSet<>();

    /** Who accepts connections at an address. */
    interface Listener {
        /** Where it is. */
        SimSocket.Place place();

        /** @param directTls whether it came to the port where TLS comes first */
        void accept(SimSocket socket, boolean directTls);
    }

    /**
     * @param loop of no node
     * @param judge told when a stream does not do what it promises
     */
    public ByteNetwork(Loop loop, Between between, StreamJudge judge) {
        this.loop = loop;
        this.between = between;
        this.judge = judge;
    }

    Loop loop() {
        return loop;
    }

    Between.Faults faults() {
        return between.faults();
    }

    boolean isCut(String one, String other) {
        return between.isCut(one, other);
    }

    long way() {
        return loop.between(500, Math.max(1_000, between.faults().slowestMicros()));
    }

    /** Something is written: perhaps that is the last. */
    void trouble(Wire wire) {
        Between.Faults faults = between.faults();
        if (loop.perMille(faults.broken())) {
            loop.after(loop.between(0, 50_000), wire::breakApart);
        }
        if (loop.perMille(faults.silent())) {
            loop.after(loop.between(0, 50_000), wire::fallSilent);
        }
    }

    void listen(List<InetAddress> addresses, Listener listener) {
        addresses.forEach(address -> listeners.put(address, listener));
    }

    void stopListening(Listener listener) {
        listeners.values().removeIf(listener::equals);
    }

    /** Whether the host of an end that died answers again, which is how the other end hears of it. */
    boolean answersFor(SimSocket dead) {
        return listeners.values().stream()
                .anyMatch(listener ->
                        listener.place().domain().equals(dead.place().domain())
                                && !listener.place().loop().isOver());
    }

    /** What lies between forgets some of the connections, as firewalls do. */
    public void forgetSome() {
        for (Wire wire : wires) {
            if (loop.chance(3) == 0) {
                wire.fallSilent();
            }
        }
    }

    /** Connections with nobody at the other end that the end here has not noticed; empty if all are noticed. */
    public List<String> alone() {
        List<String> all = new ArrayList<>();
        for (Wire wire : wires) {
            alone(wire.dialled(), "dialled", all);
            alone(wire.accepted(), "accepted", all);
        }
        return all;
    }

    private static void alone(SimSocket end, String way, List<String> all) {
        if (end.isAlone()) {
            all.add("one that " + end.place().domain() + " " + way + ", of "
                    + end.other().domain());
        }
    }

    /** A node died: some of its connections are reset, of the others the peers hear nothing. */
    public void died(Loop dead) {
        boolean told = loop.chance(4) != 0;
        listeners.values().removeIf(listener -> listener.place().loop() == dead);
        for (Wire wire : new ArrayList<>(wires)) {
            boolean dialled = wire.dialled().place().loop() == dead;
            if (dialled || wire.accepted().place().loop() == dead) {
                SimSocket ours = dialled ? wire.dialled() : wire.accepted();
                SimSocket theirs = dialled ? wire.accepted() : wire.dialled();
                ours.die();
                ours.cutShort();
                if (told) {
                    theirs.resetSoon("connection reset by peer");
                }
            }
        }
        wires.removeIf(wire -> wire.dialled().isClosed() && wire.accepted().isClosed());
    }

    /**
     * Dials.
     *
     * @param connected told of the new connection, on the node that dials
     * @param failed told why there is none; perhaps nobody is ever told anything
     */
    void connect(
            SimSocket.Place from,
            InetAddress address,
            boolean directTls,
            Consumer<SimSocket> connected,
            Consumer<String> failed) {
        loop.after(way() + way(), () -> {
            Listener listener = listeners.get(address);
            boolean there =
                    listener != null && !isCut(from.domain(), listener.place().domain());
            if (from.loop().isOver()) {
                return;
            }
            if (!there || listener == null) {
                if (listener == null && loop.chance(3) != 0) {
                    from.loop().after(1, () -> failed.accept("Connection refused"));
                }
                return;
            }
            Wire wire = new Wire(this, from, listener.place(), judge);
            wires.add(wire);
            wires.removeIf(old -> old.dialled().isClosed() && old.accepted().isClosed());
            listener.place().loop().after(5, () -> listener.accept(wire.accepted(), directTls));
            from.loop().after(5, () -> connected.accept(wire.dialled()));
        });
    }
}
