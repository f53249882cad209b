package io.wavegate.load.sim;

import io.wavegate.load.check.Statement;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.OutgoingStream;
import io.wavegate.s2s.stream.StanzaReceiver;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.xml.XmlElement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** What lies between domains: streams that are late, break, and lose or double what they carry. */
final class SimInternet {
    private final SimRun run;
    private final Map<String, SimDomain> domains = new LinkedHashMap<>();
    private final Map<String, BiConsumer<DomainPair, List<XmlElement>>> strangers = new LinkedHashMap<>();
    private final StreamChoice choice;
    private final Set<SimStream> open = new LinkedHashSet<>();
    private Optional<SimBytes> bytes = Optional.empty();
    private final Set<String> cut = new HashSet<>();
    private Faults faults = Faults.NONE;
    private int streams;

    /**
     * What happens to what is sent, each in so many of a thousand.
     *
     * @param lost a stanza disappears, as in a server that crashed behind an open stream
     * @param doubled it comes twice
     * @param broken the stream breaks; what is under way may or may not have arrived
     * @param slowestMicros the longest way
     */
    record Faults(int lost, int doubled, int broken, long slowestMicros) {
        static final Faults NONE = new Faults(0, 0, 0, 30_000);
    }

    SimInternet(SimRun run, StreamChoice choice) {
        this.run = run;
        this.choice = choice;
    }

    /** All domains are attached. */
    void begin() {
        bytes = choice.real() ? Optional.of(new SimBytes(run, choice.flaws())) : Optional.empty();
    }

    /** Where stanzas are bytes. */
    Optional<SimBytes> bytes() {
        return bytes;
    }

    boolean isStranger(String domain) {
        return strangers.containsKey(domain);
    }

    void attach(SimDomain domain) {
        domains.put(domain.name(), domain);
    }

    /** A domain that is no gateway of ours: takes what is sent to it as it likes. */
    void attach(String name, BiConsumer<DomainPair, List<XmlElement>> stranger) {
        strangers.put(name, stranger);
    }

    void faults(Faults from) {
        faults = from;
    }

    Faults faults() {
        return faults;
    }

    void sentAgain(XmlElement stanza) {
        run.violated(Statement.AT_MOST_ONCE, "?", "sent once more on the same stream: " + stanza);
    }

    World world() {
        return run.world();
    }

    /** Two domains do not reach each other. */
    void cut(String one, String other, boolean now) {
        world().trace().note(world(), "cut " + one + " " + other, now ? 1 : 0, 0);
        if (now) {
            cut.add(pair(one, other));
        } else {
            cut.remove(pair(one, other));
        }
    }

    void mend() {
        cut.clear();
        faults = Faults.NONE;
    }

    boolean isCut(String one, String other) {
        return cut.contains(pair(one, other));
    }

    private static String pair(String one, String other) {
        return one.compareTo(other) < 0 ? one + "|" + other : other + "|" + one;
    }

    /** A stream to some node of a domain; empty if there is none to be reached. */
    Optional<OutgoingStream> connect(SimNode from, DomainPair pair) {
        if (isCut(pair.local(), pair.remote())) {
            return Optional.empty();
        }
        SimDomain domain = domains.get(pair.remote());
        if (domain != null) {
            List<SimNode> able = domain.nodes().stream()
                    .filter(node -> node.isEdge() && node.isRunning() && !node.isPaused())
                    .toList();
            return able.isEmpty()
                    ? Optional.empty()
                    : Optional.of(opened(new SimStream(
                            this, ++streams, from, pair, Optional.of(able.get(world().chance(able.size()))))));
        }
        return strangers.containsKey(pair.remote())
                ? Optional.of(opened(new SimStream(this, ++streams, from, pair, Optional.empty())))
                : Optional.empty();
    }

    private SimStream opened(SimStream stream) {
        open.add(stream);
        return stream;
    }

    void ended(SimStream stream) {
        open.remove(stream);
    }

    /** A node died: its connections are reset. */
    void died(SimNode node) {
        bytes.ifPresent(real -> real.died(node));
        for (SimStream stream : new ArrayList<>(open)) {
            if (stream.touches(node)) {
                world().after(world().between(1_000, 200_000), () -> stream.end(StreamEnd.Reason.CONNECTION_LOST));
            }
        }
    }

    void toStranger(DomainPair pair, List<XmlElement> stanzas) {
        BiConsumer<DomainPair, List<XmlElement>> stranger = strangers.get(pair.remote());
        if (stranger != null) {
            stranger.accept(pair, stanzas);
        }
    }

    /** A stranger sends something to a domain, on a stream that proves who it is. */
    void fromStranger(String stranger, String to, List<XmlElement> stanzas) {
        SimDomain domain = domains.get(to);
        if (domain == null) {
            return;
        }
        List<SimNode> able = domain.nodes().stream()
                .filter(node -> node.isEdge() && node.isRunning())
                .toList();
        if (!able.isEmpty()) {
            SimNode node = able.get(world().chance(able.size()));
            deliver(node, new DomainPair(to, stranger), stanzas, world().between(1_000, 30_000));
        }
    }

    private void deliver(SimNode node, DomainPair pair, List<XmlElement> stanzas, long after) {
        Life life = node.life().orElse(null);
        world().after(after, node.slot(), () -> {
            StanzaReceiver receiver = node.receiver().orElse(null);
            if (receiver != null && life != null && !life.isOver()) {
                receiver.receive(pair, stanzas);
            }
        });
    }
}
