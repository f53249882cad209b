package io.wavegate.s2s.edge;

import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.Unsent;
import io.wavegate.s2s.xml.XmlElement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The streams that an edge has opened for links, and the entity of each link. Streams outlive entities: one that comes later
 * finds what its predecessor left, the newest incarnation is heeded alone, and what nobody comes for is closed after a while.
 *
 * <p>A machine with mutable state and one owner; the entity's side is {@link LinkEdges}.
 *
 * @param <A> names an entity
 */
public final class EdgeRegister<A> {
    private final long orphanMillis;
    private final Live live;
    private final Map<DomainPair, Attachment<A>> byLink = new HashMap<>();
    private final Map<Long, Stream<A>> streams = new LinkedHashMap<>();
    private final Set<Attempt> dialling = new HashSet<>();
    private boolean leaving;
    private long lastStream;

    /** What is true of a stream at this moment. */
    public interface Live {
        /** Whether the peer acknowledges what is sent (XEP-0198). */
        boolean acknowledged(long stream);

        /** For how long nothing has come. */
        long silentMillis(long stream);
    }

    /**
     * An attempt to open a stream.
     *
     * @param incarnation whose it is
     * @param number counts the attempts of that incarnation
     */
    public record Attempt(DomainPair link, DomainPair pair, long incarnation, long number) {}

    private static final class Attachment<A> {
        A entity;
        long incarnation;
        long goneMillis = Long.MAX_VALUE;
        final Set<Long> streams = new HashSet<>();

        Attachment(A entity, long incarnation) {
            this.entity = entity;
            this.incarnation = incarnation;
        }

        boolean isGone() {
            return goneMillis != Long.MAX_VALUE;
        }
    }

    private static final class Stream<A> {
        final Attempt attempt;
        final Attachment<A> owner;
        final OutboundReceipt receipt = new OutboundReceipt();
        Optional<FromEdge.Ended> end = Optional.empty();
        boolean closing;
        /** The entity was told of it, and may not have heard that. */
        boolean unheard;

        Stream(Attempt attempt, Attachment<A> owner) {
            this.attempt = attempt;
            this.owner = owner;
        }
    }

    /** @param orphanMillis how long streams wait for an entity after theirs has gone */
    public EdgeRegister(long orphanMillis, Live live) {
        this.orphanMillis = orphanMillis;
        this.live = live;
    }

    /** An entity says something. */
    public List<EdgeEffect<A>> from(DomainPair link, long incarnation, A entity, ToEdge message) {
        List<EdgeEffect<A>> effects = new ArrayList<>();
        Attachment<A> attached = byLink.computeIfAbsent(link, first -> new Attachment<>(entity, 0));
        if (incarnation < attached.incarnation
                || (incarnation == attached.incarnation && !entity.equals(attached.entity))) {
            effects.add(new EdgeEffect.Tell<>(entity, new FromEdge.Outdated(attached.incarnation)));
            return effects;
        }
        if (incarnation > attached.incarnation) {
            attached.incarnation = incarnation;
            // It asks what there is until it is told.
            attached.streams.forEach(this::heard);
            effects.add(new EdgeEffect.Arrived<>(link, incarnation));
        }
        attached.entity = entity;
        attached.goneMillis = Long.MAX_VALUE;
        heed(link, attached, message, effects);
        return effects;
    }

    private void heed(DomainPair link, Attachment<A> attached, ToEdge message, List<EdgeEffect<A>> effects) {
        if (message instanceof ToEdge.Attach) {
            describe(attached, effects);
        } else if (message instanceof ToEdge.Open open) {
            open(new Attempt(link, open.pair(), attached.incarnation, open.attempt()), attached, effects);
        } else if (message instanceof ToEdge.Send send) {
            heard(send.stream());
            send(link, send, attached, effects);
        } else if (message instanceof ToEdge.Close close) {
            end(link, close.stream(), attached, new EdgeEffect.Close<>(close.stream()), effects);
        } else if (message instanceof ToEdge.Abandon abandon) {
            end(link, abandon.stream(), attached, new EdgeEffect.Abandon<>(abandon.stream()), effects);
        } else if (message instanceof ToEdge.EndSeen seen) {
            forget(seen.stream(), attached);
        } else if (message instanceof ToEdge.Known known) {
            heard(known.stream());
        } else if (message instanceof ToEdge.Progress progress) {
            effects.add(new EdgeEffect.Inbound<>(link, attached.incarnation, progress));
        } else if (message instanceof ToEdge.ForgetDns) {
            effects.add(new EdgeEffect.ForgetDns<>(link.remote()));
        } else if (message instanceof ToEdge.CloseAccepted close) {
            effects.add(new EdgeEffect.CloseAccepted<>(link, close.services()));
        }
    }

    /** First what there is, then what has ended since the entity before was told. */
    private void describe(Attachment<A> attached, List<EdgeEffect<A>> effects) {
        List<StreamFacts> facts = new ArrayList<>();
        for (long id : attached.streams) {
            if (!stream(id).orElseThrow().closing) {
                facts.add(facts(id));
            }
        }
        effects.add(new EdgeEffect.Tell<>(attached.entity, new FromEdge.Attached(leaving, facts)));
        for (long id : attached.streams) {
            stream(id)
                    .flatMap(stream -> stream.end)
                    .ifPresent(end -> effects.add(new EdgeEffect.Tell<>(attached.entity, end)));
        }
    }

    private StreamFacts facts(long id) {
        Stream<A> stream = stream(id).orElseThrow();
        return new StreamFacts(
                id, stream.attempt.pair(), live.acknowledged(id), live.silentMillis(id), stream.receipt.last());
    }

    private void open(Attempt attempt, Attachment<A> attached, List<EdgeEffect<A>> effects) {
        for (long id : attached.streams) {
            if (stream(id).orElseThrow().attempt.equals(attempt)) {
                effects.add(new EdgeEffect.Tell<>(attached.entity, new FromEdge.Opened(attempt.number(), facts(id))));
                return;
            }
        }
        if (dialling.add(attempt)) {
            effects.add(new EdgeEffect.Dial<>(attempt));
        }
    }

    private void send(DomainPair link, ToEdge.Send send, Attachment<A> attached, List<EdgeEffect<A>> effects) {
        Optional<FromEdge.Ended> end = endOf(link, send.stream(), attached);
        if (end.isPresent()) {
            effects.add(new EdgeEffect.Tell<>(attached.entity, end.get()));
            return;
        }
        Stream<A> stream = stream(send.stream()).orElseThrow();
        if (stream.receipt.take(send.batch())) {
            effects.add(new EdgeEffect.Write<>(attached.entity, send.stream(), send.batch(), send.stanzas()));
        } else {
            stream.receipt
                    .outcome(send.batch())
                    .ifPresent(unsent -> effects.add(new EdgeEffect.Tell<>(
                            attached.entity, new FromEdge.Written(send.stream(), send.batch(), unsent))));
        }
    }

    /** Said again once it has ended, or while it is about to. */
    private void end(DomainPair link, long id, Attachment<A> attached, EdgeEffect<A> how, List<EdgeEffect<A>> effects) {
        Optional<FromEdge.Ended> end = endOf(link, id, attached);
        if (end.isPresent()) {
            effects.add(new EdgeEffect.Tell<>(attached.entity, end.get()));
        } else if (closes(id, attached)) {
            effects.add(how);
        }
    }

    /** Of a stream that the entity believes to be there; empty if it is. */
    private Optional<FromEdge.Ended> endOf(DomainPair link, long id, Attachment<A> attached) {
        if (!attached.streams.contains(id)) {
            StreamEnd forgotten = new StreamEnd(StreamEnd.Reason.CONNECTION_LOST, "the edge has this stream no more");
            return Optional.of(new FromEdge.Ended(id, link, forgotten, List.of()));
        }
        return stream(id).orElseThrow().end;
    }

    private void heard(long id) {
        stream(id).ifPresent(stream -> stream.unheard = false);
    }

    /** @return whether it was open, as far as its entities have said */
    private boolean closes(long id, Attachment<A> attached) {
        Optional<Stream<A>> open = stream(id).filter(stream -> attached.streams.contains(id) && !stream.closing);
        open.ifPresent(stream -> stream.closing = true);
        return open.isPresent();
    }

    private void forget(long id, Attachment<A> attached) {
        if (attached.streams.remove(id)) {
            streams.remove(id);
        }
    }

    // ---- what becomes of streams

    /** The number of the stream that an attempt will open. */
    public long nextStream() {
        return lastStream + 1;
    }

    /** An attempt has opened a stream, whose number is {@link #nextStream}. */
    public List<EdgeEffect<A>> opened(Attempt attempt) {
        dialling.remove(attempt);
        long id = ++lastStream;
        Attachment<A> attached = byLink.get(attempt.link());
        if (attached == null) {
            return List.of(new EdgeEffect.Close<>(id));
        }
        Stream<A> stream = new Stream<>(attempt, attached);
        // Who asked asks again until it is told; a successor does not know that there is something to ask for.
        stream.unheard = attempt.incarnation() != attached.incarnation;
        streams.put(id, stream);
        attached.streams.add(id);
        // An attempt of an earlier incarnation has no number that this one could take for its own.
        long number = stream.unheard ? 0 : attempt.number();
        List<EdgeEffect<A>> effects = new ArrayList<>(2);
        effects.add(new EdgeEffect.Tell<>(attached.entity, new FromEdge.Opened(number, facts(id))));
        if (leaving) {
            // It was asked for before the edge began to leave, or by somebody who had not heard of that.
            effects.add(new EdgeEffect.Tell<>(attached.entity, new FromEdge.Leaving()));
        }
        return effects;
    }

    /** An attempt came to nothing. */
    public List<EdgeEffect<A>> openFailed(Attempt attempt, StreamEnd end) {
        dialling.remove(attempt);
        Attachment<A> attached = byLink.get(attempt.link());
        if (attached == null || attempt.incarnation() != attached.incarnation) {
            return List.of();
        }
        return List.of(
                new EdgeEffect.Tell<>(attached.entity, new FromEdge.OpenFailed(attempt.pair(), attempt.number(), end)));
    }

    /** A batch is with the socket. */
    public List<EdgeEffect<A>> written(long id, long batch, Unsent unsent) {
        Stream<A> stream = streams.get(id);
        if (stream == null) {
            return List.of();
        }
        stream.receipt.written(batch, unsent);
        return List.of(new EdgeEffect.Tell<>(stream.owner.entity, new FromEdge.Written(id, batch, unsent)));
    }

    /** A stream has ended. */
    public List<EdgeEffect<A>> ended(long id, StreamEnd end, List<XmlElement> unacknowledged) {
        Stream<A> stream = streams.get(id);
        if (stream == null) {
            return List.of();
        }
        FromEdge.Ended ended = new FromEdge.Ended(id, stream.attempt.pair(), end, unacknowledged);
        stream.end = Optional.of(ended);
        return stream.owner.isGone()
                ? untold(stream, ended)
                : List.of(new EdgeEffect.Tell<>(stream.owner.entity, ended));
    }

    /** An end of which no entity has heard: somebody has to tell the senders of what it took along, and of nothing nobody. */
    private List<EdgeEffect<A>> untold(Stream<A> stream, FromEdge.Ended end) {
        if (end.unacknowledged().isEmpty()) {
            forget(end.stream(), stream.owner);
            return List.of();
        }
        return List.of(new EdgeEffect.Wake<>(stream.attempt.link(), end));
    }

    // ---- entities that go, and the edge itself

    /** An entity is not there any more, or has released its streams. What it may not have heard of is told the next one. */
    public List<EdgeEffect<A>> gone(DomainPair link, A entity, long nowMillis) {
        Attachment<A> attached = byLink.get(link);
        if (attached == null || attached.isGone() || !attached.entity.equals(entity)) {
            return List.of();
        }
        attached.goneMillis = nowMillis;
        List<EdgeEffect<A>> effects = new ArrayList<>();
        for (long id : List.copyOf(attached.streams)) {
            Stream<A> stream = stream(id).orElseThrow();
            stream.end.ifPresent(end -> effects.addAll(untold(stream, end)));
        }
        return effects;
    }

    /**
     * Closes what nobody has come for, forgets what has ended, tells again of what may not have been heard. To be called every
     * now and then.
     */
    public List<EdgeEffect<A>> tick(long nowMillis) {
        List<EdgeEffect<A>> effects = new ArrayList<>();
        for (Attachment<A> attached : byLink.values()) {
            if (attached.isGone() && attached.goneMillis <= nowMillis - orphanMillis) {
                closeOrphans(attached, effects);
            }
        }
        byLink.values().removeIf(attached -> attached.isGone() && attached.streams.isEmpty());
        streams.forEach((id, stream) -> {
            if (stream.unheard && !stream.closing && stream.end.isEmpty() && !stream.owner.isGone()) {
                effects.add(new EdgeEffect.Tell<>(stream.owner.entity, new FromEdge.Opened(0, facts(id))));
            }
        });
        return effects;
    }

    private void closeOrphans(Attachment<A> attached, List<EdgeEffect<A>> effects) {
        for (long id : List.copyOf(attached.streams)) {
            if (stream(id).orElseThrow().end.isPresent()) {
                forget(id, attached);
            } else if (closes(id, attached)) {
                effects.add(new EdgeEffect.Close<>(id));
            }
        }
    }

    /** From now on every entity that comes is told that the edge will go. */
    public void leave() {
        leaving = true;
    }

    /** The links that have streams here, whose entities are to be told; see {@link #leavingTo}. */
    public Collection<DomainPair> links() {
        return byLink.entrySet().stream()
                .filter(entry -> !entry.getValue().streams.isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Tells the entity of a link that the edge will go. */
    public List<EdgeEffect<A>> leavingTo(DomainPair link) {
        Attachment<A> attached = byLink.get(link);
        return attached == null ? List.of() : List.of(new EdgeEffect.Tell<>(attached.entity, new FromEdge.Leaving()));
    }

    /** Streams are open, or being opened. */
    public boolean isInUse() {
        return !dialling.isEmpty() || streams.values().stream().anyMatch(stream -> stream.end.isEmpty());
    }

    private Optional<Stream<A>> stream(long id) {
        return Optional.ofNullable(streams.get(id));
    }
}
