package io.wavegate.s2s.edge;

import io.wavegate.s2s.link.LinkInput;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.xml.XmlElement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The streams of one link as its entity knows them: which edge has which, what is under way to it, and which edge to ask for
 * another one. An entity that begins asks all edges for streams that its predecessors left, before it has any opened; so a
 * link that moves goes on with the connections that it had.
 *
 * <p>A machine with mutable state and one owner, like {@link io.wavegate.s2s.link.LinkState}; the edge's side is
 * {@link EdgeRegister}. Streams have a number here that the link knows them by.
 *
 * @param <E> names an edge; equal on all nodes by {@code toString}
 */
public final class LinkEdges<E> {
    /** Ends that an edge may tell again: more than one for each stream that a link can have at a time. */
    private static final int ENDS_REMEMBERED = 256;

    private final LinkTimes times;
    private final KnownEdges<E> known;
    private final Openings<E> openings;
    private final Map<Long, Stream<E>> streams = new LinkedHashMap<>();
    private final Map<Source<E>, InboundReceipt> receipts = new HashMap<>();
    private final List<ToEdge> forNewcomers = new ArrayList<>();
    private final Set<End<E>> ends = new LinkedHashSet<>();
    private long lastNumber;
    private List<LinkEdgesEffect<E>> effects = new ArrayList<>();

    /** Operators do not ask for more in the seconds in which a link begins. */
    private static final int NEWCOMERS_TOLD = 16;

    private record Stream<E>(E edge, long id, DomainPair pair, OutboundLedger ledger, Optional<Farewell> farewell) {
        Stream<E> with(Farewell said) {
            return new Stream<>(edge, id, pair, ledger, Optional.of(said));
        }
    }

    private record End<E>(E edge, long id) {}

    private record Source<E>(E edge, DomainPair pair) {}

    /**
     * @param incarnation larger than that of any entity of the link before, as far as one can know
     * @param nowMillis the time at which it begins
     */
    public LinkEdges(long incarnation, LinkTimes times, RandomGenerator random, long nowMillis) {
        this.times = times;
        this.known = new KnownEdges<>(incarnation, times, nowMillis);
        this.openings = new Openings<>(times, random, known);
    }

    /** With this goes everything that is told an edge. */
    public long incarnation() {
        return known.incarnation();
    }

    /**
     * Which edges there are. An edge that cannot be reached is not waited for where there is another one: long before the
     * cluster knows whether it is gone its links have streams elsewhere. Should it come back, what it has is found again.
     *
     * @param all that are not known to be gone
     * @param reachable of these
     * @param local the one of this node
     * @param complete no others are expected; else there is a wait for them before a stream is opened
     */
    public List<LinkEdgesEffect<E>> edges(
            Set<E> all, Set<E> reachable, Optional<E> local, boolean complete, long nowMillis) {
        known.listed(all, reachable, local, complete, nowMillis).forEach(this::begin);
        known.giveUp().forEach(edge -> endAll(edge, "the edge that has the connection does not answer", nowMillis));
        known.leaving().forEach(this::leaving);
        return settle(nowMillis);
    }

    private void begin(E edge) {
        tell(edge, new ToEdge.Attach());
        forNewcomers.forEach(message -> tell(edge, message));
    }

    /** An edge is gone, and all its streams with it. */
    public List<LinkEdgesEffect<E>> lost(E edge, long nowMillis) {
        known.lost(edge);
        endAll(edge, "the edge that had the connection is gone", nowMillis);
        receipts.keySet().removeIf(source -> source.edge().equals(edge));
        return settle(nowMillis);
    }

    /** The link does without what an edge has, and looks for another one. */
    private void endAll(E edge, String cause, long nowMillis) {
        openings.lost(edge, nowMillis);
        StreamEnd end = new StreamEnd(StreamEnd.Reason.CONNECTION_LOST, cause);
        for (Map.Entry<Long, Stream<E>> entry : List.copyOf(streams.entrySet())) {
            if (entry.getValue().edge().equals(edge)) {
                streams.remove(entry.getKey());
                // What was under way may have arrived; nobody can say any more.
                Stream<E> stream = entry.getValue();
                happened(new LinkInput.StreamEnded(
                        stream.pair(), entry.getKey(), end, stream.ledger().doubtful()));
            }
        }
    }

    /** An edge says something. */
    public List<LinkEdgesEffect<E>> from(E edge, FromEdge message, long nowMillis) {
        if (message instanceof FromEdge.Attached attached) {
            known.attached(edge, attached.leaving());
            attached.streams().forEach(stream -> found(edge, stream));
            if (attached.leaving()) {
                leaving(edge);
            }
        } else if (message instanceof FromEdge.Outdated outdated) {
            outdated(outdated.newest(), nowMillis);
        } else if (message instanceof FromEdge.Opened opened) {
            opened(edge, opened);
        } else if (message instanceof FromEdge.OpenFailed failed) {
            if (openings.finished(edge, failed.pair(), failed.attempt())) {
                happened(new LinkInput.StreamFailed(failed.pair(), failed.end()));
            }
        } else if (message instanceof FromEdge.Written written) {
            written(edge, written, nowMillis);
        } else if (message instanceof FromEdge.Ended ended) {
            ended(edge, ended);
        } else if (message instanceof FromEdge.Leaving) {
            leaving(edge);
        } else if (message instanceof FromEdge.Inbound inbound) {
            inbound(edge, inbound);
        }
        return settle(nowMillis);
    }

    private void outdated(long newest, long nowMillis) {
        if (known.outdated(newest, nowMillis)) {
            known.all().forEach(this::begin);
        } else if (newest > known.incarnation()) {
            effects.add(new LinkEdgesEffect.Outdated<>());
        }
    }

    /** The link had not asked for it, or its predecessor had; if it has just asked for one, this is as good. */
    private void found(E edge, StreamFacts facts) {
        if (number(edge, facts.stream()).isPresent() || ends.contains(new End<>(edge, facts.stream()))) {
            return;
        }
        long number = add(edge, facts);
        happened(
                openings.needless(facts.pair())
                        ? new LinkInput.StreamOpened(facts.pair(), number, facts.acknowledged(), facts.silentMillis())
                        : new LinkInput.StreamFound(facts.pair(), number, facts.acknowledged(), facts.silentMillis()));
    }

    private void opened(E edge, FromEdge.Opened opened) {
        StreamFacts facts = opened.stream();
        if (opened.attempt() == 0) {
            tell(edge, new ToEdge.Known(facts.stream()));
        }
        if (!openings.finished(edge, facts.pair(), opened.attempt())) {
            found(edge, facts);
        } else if (number(edge, facts.stream()).isEmpty()) {
            long number = add(edge, facts);
            happened(new LinkInput.StreamOpened(facts.pair(), number, facts.acknowledged(), facts.silentMillis()));
        }
    }

    private long add(E edge, StreamFacts facts) {
        OutboundLedger ledger = new OutboundLedger(facts.stream(), facts.lastBatch(), times.resendMillis());
        streams.put(++lastNumber, new Stream<>(edge, facts.stream(), facts.pair(), ledger, Optional.empty()));
        return lastNumber;
    }

    private void written(E edge, FromEdge.Written written, long nowMillis) {
        number(edge, written.stream()).ifPresent(number -> {
            Stream<E> stream = stream(number).orElseThrow();
            if (stream.ledger().written(written.batch(), nowMillis)) {
                if (!written.unsent().stanzas().isEmpty()) {
                    happened(new LinkInput.TooLarge(stream.pair(), written.unsent()));
                }
                if (stream.ledger().isEmpty()) {
                    happened(new LinkInput.Sent(stream.pair(), number));
                }
            }
        });
    }

    private void ended(E edge, FromEdge.Ended ended) {
        tell(edge, new ToEdge.EndSeen(ended.stream()));
        boolean news = ends.add(new End<>(edge, ended.stream()));
        if (!news && number(edge, ended.stream()).isEmpty()) {
            return;
        }
        if (ends.size() > ENDS_REMEMBERED) {
            ends.remove(ends.iterator().next());
        }
        // One that a predecessor had may have lost something too.
        long number = number(edge, ended.stream()).orElse(lastNumber + 1);
        lastNumber = Math.max(lastNumber, number);
        Stream<E> stream = streams.remove(number);
        DomainPair pair = stream == null ? ended.pair() : stream.pair();
        List<XmlElement> lost =
                stream == null ? ended.unacknowledged() : stream.ledger().lost(ended.unacknowledged());
        happened(new LinkInput.StreamEnded(pair, number, ended.end(), lost));
    }

    /** Without another edge to go to its streams stay for as long as it does. */
    private void leaving(E edge) {
        known.attached(edge, true);
        if (!known.isAnyStaying()) {
            return;
        }
        streams.forEach((number, stream) -> {
            if (stream.edge().equals(edge) && stream.farewell().isEmpty()) {
                happened(new LinkInput.StreamLeaving(stream.pair(), number));
            }
        });
    }

    // ---- stanzas of the peer's

    private void inbound(E edge, FromEdge.Inbound inbound) {
        InboundReceipt receipt =
                receipts.computeIfAbsent(new Source<>(edge, inbound.pair()), first -> new InboundReceipt());
        List<XmlElement> fresh = receipt.take(inbound);
        if (!fresh.isEmpty()) {
            effects.add(new LinkEdgesEffect.Receive<>(edge, inbound.pair(), receipt.received(), fresh));
        }
        progress(edge, inbound.pair(), receipt);
    }

    /** Stanzas of a {@link LinkEdgesEffect.Receive} are dealt with. */
    public List<LinkEdgesEffect<E>> handled(E edge, DomainPair pair, long end) {
        InboundReceipt receipt = receipts.get(new Source<>(edge, pair));
        if (receipt != null) {
            receipt.handled(end);
            progress(edge, pair, receipt);
        }
        return take();
    }

    private void progress(E edge, DomainPair pair, InboundReceipt receipt) {
        tell(edge, new ToEdge.Progress(pair, receipt.received(), receipt.handled()));
    }

    // ---- what the link wants

    /** Makes one attempt to have a stream opened. */
    public List<LinkEdgesEffect<E>> open(DomainPair pair, long nowMillis) {
        openings.add(pair, nowMillis);
        return settle(nowMillis);
    }

    /** Nothing if the stream has ended, which is told on its own. */
    public List<LinkEdgesEffect<E>> send(long number, List<XmlElement> stanzas, long nowMillis) {
        stream(number).ifPresent(stream -> {
            if (known.isHere(stream.edge())) {
                tell(stream.edge(), stream.ledger().add(stanzas, nowMillis));
            } else {
                Parts.of(stanzas)
                        .forEach(part -> tell(stream.edge(), stream.ledger().add(part, nowMillis)));
            }
        });
        return take();
    }

    /**
     * Closes a stream cleanly, said again until its end is known. It is known until then: what the peer has not acknowledged
     * by then is lost.
     */
    public List<LinkEdgesEffect<E>> close(long number, long nowMillis) {
        stream(number).ifPresent(stream -> end(number, stream, new ToEdge.Close(stream.id()), nowMillis));
        return take();
    }

    /** Gives a stream up, said again until its end is known. */
    public List<LinkEdgesEffect<E>> abandon(long number, long nowMillis) {
        stream(number).ifPresent(stream -> end(number, stream, new ToEdge.Abandon(stream.id()), nowMillis));
        return take();
    }

    private void end(long number, Stream<E> stream, ToEdge how, long nowMillis) {
        streams.put(number, stream.with(Farewell.said(how, times, nowMillis)));
        tell(stream.edge(), how);
    }

    /** Tells every edge; an entity that has just begun tells those too that it has still to hear of. */
    public List<LinkEdgesEffect<E>> tellAll(ToEdge message, long nowMillis) {
        known.all().forEach(edge -> tell(edge, message));
        if (!known.isSettled(nowMillis) && forNewcomers.size() < NEWCOMERS_TOLD) {
            forNewcomers.add(message);
        }
        return take();
    }

    // ---- time

    /** Time has passed. */
    public List<LinkEdgesEffect<E>> tick(long nowMillis) {
        known.silent(nowMillis).forEach(edge -> tell(edge, new ToEdge.Attach()));
        streams.replaceAll((number, stream) -> {
            stream.ledger().tick(nowMillis).forEach(send -> tell(stream.edge(), send));
            Optional<Farewell> due = stream.farewell().filter(farewell -> farewell.dueMillis() <= nowMillis);
            due.ifPresent(farewell -> tell(stream.edge(), farewell.how()));
            return due.map(farewell -> stream.with(Farewell.said(farewell.how(), times, nowMillis)))
                    .orElse(stream);
        });
        return settle(nowMillis);
    }

    /** When {@link #tick} is due; {@link Long#MAX_VALUE} for never. */
    public long nextWakeMillis() {
        long next = Math.min(known.nextWakeMillis(), openings.nextWakeMillis());
        for (Stream<E> stream : streams.values()) {
            next = Math.min(next, stream.ledger().nextWakeMillis());
            next = Math.min(next, stream.farewell().map(Farewell::dueMillis).orElse(Long.MAX_VALUE));
        }
        return next;
    }

    /** Everything that was to be sent is with a socket, and no stream is being opened. */
    public boolean isSettled() {
        return openings.isEmpty()
                && streams.values().stream().allMatch(stream -> stream.ledger().isEmpty());
    }

    private List<LinkEdgesEffect<E>> settle(long nowMillis) {
        if (known.isSettled(nowMillis)) {
            forNewcomers.clear();
        }
        if (known.isSettled(nowMillis) && !openings.isEmpty()) {
            for (Openings.Step<E> step : openings.advance(nowMillis)) {
                step.edge()
                        .ifPresentOrElse(
                                edge -> tell(edge, step.open()),
                                () -> happened(
                                        new LinkInput.StreamFailed(step.open().pair(), Openings.NO_EDGE)));
            }
        }
        return take();
    }

    private List<LinkEdgesEffect<E>> take() {
        List<LinkEdgesEffect<E>> all = effects;
        effects = new ArrayList<>();
        return all;
    }

    private void tell(E edge, ToEdge message) {
        effects.add(new LinkEdgesEffect.Tell<>(edge, message));
    }

    private void happened(LinkInput input) {
        effects.add(new LinkEdgesEffect.Happened<>(input));
    }

    private Optional<Stream<E>> stream(long number) {
        return Optional.ofNullable(streams.get(number));
    }

    private Optional<Long> number(E edge, long id) {
        for (Map.Entry<Long, Stream<E>> entry : streams.entrySet()) {
            if (entry.getValue().id() == id && entry.getValue().edge().equals(edge)) {
                return Optional.of(entry.getKey());
            }
        }
        return Optional.empty();
    }
}
