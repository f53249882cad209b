package io.wavegate.s2s.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.link.LinkInput;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.Unsent;
import io.wavegate.s2s.xml.XmlElement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * One link, one edge, entities that come one after the other and may go on as zombies, and between them a network that loses,
 * doubles and reorders as a seed says. Entities send numbered stanzas; the peer sends others.
 */
final class EdgeWorld {
    static final DomainPair LINK = new DomainPair("a.test", "b.test");
    private static final String EDGE = "edge";
    private static final StreamEnd CLOSED = new StreamEnd(StreamEnd.Reason.CLOSED_BY_US, "not needed");
    private static final LinkTimes TIMES = new LinkTimes(1_000, 1_000, 60_000, 0);

    final Random random;
    final List<Runnable> network = new ArrayList<>();
    final List<Entity> entities = new ArrayList<>();
    final List<String> socket = new ArrayList<>();
    final Set<Long> dialled = new HashSet<>();
    final Set<Long> closed = new HashSet<>();
    final Map<Long, Integer> counted = new TreeMap<>();
    final Set<Integer> dealtWith = new HashSet<>();
    final EdgeRegister<Entity> register = new EdgeRegister<>(60_000, new EdgeRegister.Live() {
        @Override
        public boolean acknowledged(long stream) {
            return false;
        }

        @Override
        public long silentMillis(long stream) {
            return 0;
        }
    });
    final InboundLedger ledger = new InboundLedger(LINK, 7, 1_000, 4_000);
    long now = 1_000;
    int fromPeer;
    int lossPercent;

    EdgeWorld(long seed, int lossPercent) {
        this.random = new Random(seed);
        this.lossPercent = lossPercent;
    }

    /** An entity, which asks for a stream and sends one batch after the other. */
    final class Entity {
        final int incarnation;
        final LinkEdges<String> edges;
        final List<Runnable> working = new ArrayList<>();
        final List<Integer> taken = new ArrayList<>();
        final Set<Long> closing = new HashSet<>();
        Optional<Long> stream = Optional.empty();
        boolean busy;
        int sent;
        int confirmed;
        int wanted;
        boolean outdated;

        Entity(int incarnation) {
            this.incarnation = incarnation;
            this.edges = new LinkEdges<>(incarnation, TIMES, random, now);
            carryOut(edges.edges(Set.of(EDGE), Set.of(EDGE), Optional.empty(), true, now));
            carryOut(edges.open(LINK, now));
        }

        void want(int more) {
            wanted += more;
            sendNext();
        }

        /** A stream that is not needed, and closed as soon as it is there. */
        void openAnother() {
            carryOut(edges.open(LINK, now));
        }

        void sendNext() {
            if (stream.isPresent() && !busy && sent < wanted) {
                busy = true;
                sent++;
                carryOut(edges.send(stream.get(), List.of(stanza(incarnation + "-" + sent)), now));
            }
        }

        void tick() {
            carryOut(edges.tick(now));
        }

        void carryOut(List<LinkEdgesEffect<String>> effects) {
            for (LinkEdgesEffect<String> effect : effects) {
                if (effect instanceof LinkEdgesEffect.Tell<String> tell) {
                    long number = edges.incarnation();
                    pass(() -> atEdge(register.from(LINK, number, this, tell.message())));
                } else if (effect instanceof LinkEdgesEffect.Happened<String> happened) {
                    happened(happened.input());
                } else if (effect instanceof LinkEdgesEffect.Receive<String> receive) {
                    receive.stanzas().forEach(stanza -> taken.add(number(stanza)));
                    working.add(() -> {
                        receive.stanzas().forEach(stanza -> dealtWith.add(number(stanza)));
                        carryOut(edges.handled(EDGE, LINK, receive.end()));
                    });
                } else {
                    outdated = true;
                }
            }
        }

        private void happened(LinkInput input) {
            if (input instanceof LinkInput.StreamOpened opened) {
                use(opened.stream());
            } else if (input instanceof LinkInput.StreamFound found) {
                use(found.stream());
            } else if (input instanceof LinkInput.Sent) {
                busy = false;
                confirmed++;
                sendNext();
            } else if (input instanceof LinkInput.StreamEnded ended) {
                assertThat(stream).as("only what is not used ends").isNotEqualTo(Optional.of(ended.stream()));
                closing.remove(ended.stream());
            }
        }

        private void use(long number) {
            if (stream.isPresent()) {
                closing.add(number);
                carryOut(edges.close(number, now));
            } else {
                stream = Optional.of(number);
                sendNext();
            }
        }
    }

    static XmlElement stanza(String id) {
        return XmlElement.builder("jabber:server", "message")
                .attribute("id", id)
                .build();
    }

    private static int number(XmlElement stanza) {
        return Integer.parseInt(stanza.attribute("id").orElseThrow());
    }

    Entity current() {
        return entities.get(entities.size() - 1);
    }

    void newEntity() {
        entities.add(new Entity(entities.size() + 1));
    }

    /** So many stanzas of the peer's arrive at once. */
    void peerSends(int stanzas) {
        List<XmlElement> all = new ArrayList<>();
        for (int i = 0; i < stanzas; i++) {
            all.add(stanza(String.valueOf(++fromPeer)));
        }
        counted.put((long) fromPeer, 0);
        say(ledger.add(fromPeer, all, now));
    }

    private void say(FromEdge.Inbound inbound) {
        // Sharding leads to the newest entity, most of the time.
        Entity to = random.nextInt(8) == 0 ? entities.get(random.nextInt(entities.size())) : current();
        pass(() -> to.carryOut(to.edges.from(EDGE, inbound, now)));
    }

    private void atEdge(List<EdgeEffect<Entity>> effects) {
        for (EdgeEffect<Entity> effect : effects) {
            if (effect instanceof EdgeEffect.Tell<Entity> tell) {
                Entity to = tell.entity();
                pass(() -> to.carryOut(to.edges.from(EDGE, tell.message(), now)));
            } else if (effect instanceof EdgeEffect.Dial<Entity> dial) {
                later(() -> {
                    dialled.add(register.nextStream());
                    atEdge(register.opened(dial.attempt()));
                });
            } else if (effect instanceof EdgeEffect.Write<Entity> write) {
                write.stanzas()
                        .forEach(stanza -> socket.add(stanza.attribute("id").orElseThrow()));
                later(() -> atEdge(register.written(write.stream(), write.batch(), Unsent.NOTHING)));
            } else if (effect instanceof EdgeEffect.Close<Entity> close) {
                later(() -> {
                    closed.add(close.stream());
                    atEdge(register.ended(close.stream(), CLOSED, List.of()));
                });
            } else if (effect instanceof EdgeEffect.Arrived<Entity> arrived) {
                ledger.attached(arrived.incarnation(), now).forEach(this::say);
            } else if (effect instanceof EdgeEffect.Inbound<Entity> inbound) {
                heed(ledger.progress(inbound.incarnation(), inbound.progress(), now));
            }
        }
    }

    private void heed(InboundLedger.Outcome outcome) {
        outcome.received().forEach(token -> assertThat(counted.get(token)).isNotNull());
        for (long token : outcome.handled()) {
            assertThat(counted.merge(token, 1, Integer::sum)).as("told once").isEqualTo(1);
            assertThat(dealtWith).as("acknowledged only when dealt with").contains((int) token);
        }
        outcome.say().forEach(this::say);
    }

    void pass(Runnable message) {
        if (random.nextInt(100) >= lossPercent) {
            network.add(message);
            if (lossPercent > 0 && random.nextInt(10) == 0) {
                network.add(message);
            }
        }
    }

    private void later(Runnable event) {
        network.add(event);
    }

    /** Something happens. */
    void step() {
        int dice = random.nextInt(100);
        if (!network.isEmpty() && dice < 60) {
            network.remove(random.nextInt(network.size())).run();
        } else if (dice < 75) {
            List<Runnable> working = entities.get(random.nextInt(entities.size())).working;
            if (!working.isEmpty()) {
                working.remove(random.nextInt(working.size())).run();
            }
        } else {
            now += random.nextInt(700);
            entities.forEach(Entity::tick);
            ledger.tick(now).forEach(this::say);
        }
    }

    /** Nothing is lost any more, and everybody does his work. */
    void calmDown() {
        lossPercent = 0;
        for (int i = 0; i < 30; i++) {
            while (!network.isEmpty() || entities.stream().anyMatch(entity -> !entity.working.isEmpty())) {
                List<Runnable> events = List.copyOf(network);
                network.clear();
                events.forEach(Runnable::run);
                entities.forEach(entity -> {
                    List<Runnable> working = List.copyOf(entity.working);
                    entity.working.clear();
                    working.forEach(Runnable::run);
                });
            }
            now += 1_000;
            entities.forEach(Entity::tick);
            ledger.tick(now).forEach(this::say);
            atEdge(register.tick(now));
        }
    }

    /** What an incarnation had written to the socket, in order. */
    List<Integer> written(int incarnation) {
        Map<Integer, List<Integer>> byIncarnation = new HashMap<>();
        for (String id : socket) {
            String[] parts = id.split("-", -1);
            byIncarnation
                    .computeIfAbsent(Integer.parseInt(parts[0]), first -> new ArrayList<>())
                    .add(Integer.parseInt(parts[1]));
        }
        return byIncarnation.getOrDefault(incarnation, List.of());
    }
}
