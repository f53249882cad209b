package io.wavegate.s2s.entity;

import io.wavegate.s2s.Xml;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.OutgoingStream;
import io.wavegate.s2s.stream.S2sStreams;
import io.wavegate.s2s.stream.StanzaReceiver;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamEndedException;
import io.wavegate.s2s.stream.Unsent;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.s2s.xml.XmlWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/** Streams between domains in one JVM: one direction each, stanzas as bytes through the real writer and parser. */
public final class FakeNetwork implements AutoCloseable {
    public final List<DomainPair> dialled = new CopyOnWriteArrayList<>();
    final List<String> forgotten = new CopyOnWriteArrayList<>();
    public final List<String> wire = new CopyOnWriteArrayList<>();
    final Set<String> away = ConcurrentHashMap.newKeySet();
    final Map<String, Integer> maxBytes = new ConcurrentHashMap<>();
    private final Map<String, StanzaReceiver> receivers = new ConcurrentHashMap<>();
    private final Set<FakeStream> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService thread = Executors.newSingleThreadExecutor();

    /** Who takes what is sent to a name. */
    public void attach(String name, StanzaReceiver receiver) {
        receivers.put(name, receiver);
    }

    /** The edge of a node. */
    public S2sStreams edge() {
        return edgeThatAccepts(receiver -> true);
    }

    /** The edge of one of the nodes of a domain, of the one that takes what comes here. */
    S2sStreams edge(StanzaReceiver here) {
        return edgeThatAccepts(here::equals);
    }

    private S2sStreams edgeThatAccepts(Predicate<StanzaReceiver> accepting) {
        return new S2sStreams() {
            @Override
            public CompletionStage<OutgoingStream> open(DomainPair pair) {
                dialled.add(pair);
                return CompletableFuture.supplyAsync(() -> connect(pair), thread);
            }

            @Override
            public void forget(String domain) {
                forgotten.add(domain);
            }

            @Override
            public void closeAccepted(Predicate<DomainPair> which) {
                open.stream()
                        .filter(stream -> accepting.test(stream.at))
                        .filter(stream -> which.test(new DomainPair(stream.pair.remote(), stream.pair.local())))
                        .forEach(stream -> stream.end(StreamEnd.Reason.CLOSED_BY_REMOTE));
            }

            @Override
            public void close() {}
        };
    }

    private OutgoingStream connect(DomainPair pair) {
        if (away.contains(pair.remote()) || !receivers.containsKey(pair.remote())) {
            throw new StreamEndedException(
                    new StreamEnd(StreamEnd.Reason.CONNECT_FAILED, "nobody at " + pair.remote()));
        }
        FakeStream stream = new FakeStream(pair);
        open.add(stream);
        return stream;
    }

    /** How many streams are open from one domain, or a name below it, to another. */
    int streams(String from, String to) {
        return (int) open.stream()
                .filter(stream -> under(from, stream.pair.local()) && under(to, stream.pair.remote()))
                .count();
    }

    private static boolean under(String domain, String name) {
        return name.equals(domain) || name.endsWith("." + domain);
    }

    /** A stream that nobody uses. */
    void hold(DomainPair pair) {
        open.add(new FakeStream(pair));
    }

    /** Every stream to a name breaks, and it cannot be reached. */
    public void cut(String name) {
        away.add(name);
        open.stream()
                .filter(stream -> stream.pair.remote().equals(name))
                .forEach(stream -> stream.end(StreamEnd.Reason.CONNECTION_LOST));
    }

    /** It can be reached again. */
    public void mend(String name) {
        away.remove(name);
    }

    /** Puts a stanza in as if the authenticated name had sent it. */
    public CompletionStage<Void> inject(String from, String to, String xml) {
        return receive(from, to, xml).takenOver();
    }

    /** The same; says when it is dealt with, which is when a stream acknowledges it. */
    StanzaReceiver.Reception receive(String from, String to, String xml) {
        return receivers.get(to).receive(new DomainPair(to, from), List.of(Xml.stanza(xml)));
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private final class FakeStream implements OutgoingStream {
        private final DomainPair pair;
        private final StanzaReceiver at;
        private final CompletableFuture<StreamEnd> ended = new CompletableFuture<>();

        FakeStream(DomainPair pair) {
            this.pair = pair;
            this.at = Objects.requireNonNull(receivers.get(pair.remote()));
        }

        @Override
        public DomainPair pair() {
            return pair;
        }

        @Override
        public CompletionStage<Unsent> send(List<XmlElement> stanzas) {
            return CompletableFuture.supplyAsync(
                    () -> {
                        int max = maxBytes.getOrDefault(pair.remote(), Integer.MAX_VALUE);
                        List<XmlElement> tooLarge = stanzas.stream()
                                .filter(stanza -> XmlWriter.write(stanza).length > max)
                                .toList();
                        deliver(stanzas.stream()
                                .filter(stanza -> !tooLarge.contains(stanza))
                                .toList());
                        return tooLarge.isEmpty() ? Unsent.NOTHING : new Unsent(tooLarge, max);
                    },
                    thread);
        }

        private void deliver(List<XmlElement> stanzas) {
            if (ended.isDone()) {
                throw new StreamEndedException(ended.join());
            }
            stanzas.forEach(stanza -> wire.add(Xml.text(stanza)));
            receivers
                    .get(pair.remote())
                    .received(
                            new DomainPair(pair.remote(), pair.local()),
                            stanzas.stream().map(Xml::again).toList());
        }

        @Override
        public CompletionStage<StreamEnd> ended() {
            return ended;
        }

        @Override
        public void close() {
            end(StreamEnd.Reason.CLOSED_BY_US);
        }

        void end(StreamEnd.Reason reason) {
            open.remove(this);
            ended.complete(new StreamEnd(reason, "in the test"));
        }
    }
}
