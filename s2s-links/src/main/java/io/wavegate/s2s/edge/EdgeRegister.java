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
    private final Map<Long, Stream> streams = new LinkedHashMap<>();
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
    }

    private static final class Stream {
        final Attempt attempt;
        final OutboundReceipt receipt = new OutboundReceipt();
        Optional<FromEdge.Ended> end = Optional.empty();
        boolean closing;

        Stream(Attempt attempt) {
            this.attempt = attempt;
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
            send(link, send, attached, effects);
        } else if (message instanceof ToEdge.Close close) {
            if (closes(close.stream(), attached)) {
                effects.add(new EdgeEffect.Close<>(close.stream()));
            }
        } else if (message instanceof ToEdge.Abandon abandon) {
            if (closes(abandon.stream(), attached)) {
                effects.add(new EdgeEffect.Abandon<>(abandon.stream()));
            }
        } else if (message instanceof ToEdge.EndSeen seen) {
            forget(seen.stream(), attached);
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
        Stream stream = stream(id).orElseThrow();
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
        Optional<Stream> stream = stream(send.stream()).filter(any -> attached.streams.contains(send.stream()));
        if (stream.isEmpty()) {
            StreamEnd end = new StreamEnd(StreamEnd.Reason.CONNECTION_LOST, "the edge has this stream no more");
            effects.add(
                    new EdgeEffect.Tell<>(attached.entity, new FromEdge.Ended(send.stream(), link, end, List.of())));
        } else if (stream.get().end.isPresent()) {
            effects.add(new EdgeEffect.Tell<>(attached.entity, stream.get().end.get()));
        } else if (stream.get().receipt.take(send.batch())) {
            effects.add(new EdgeEffect.Write<>(attached.entity, send.stream(), send.batch(), send.stanzas()));
        } else {
            stream.get()
                    .receipt
                    .outcome(send.batch())
                    .ifPresent(unsent -> effects.add(new EdgeEffect.Tell<>(
                            attached.entity, new FromEdge.Written(send.stream(), send.batch(), unsent))));
        }
    }

    /** @return whether it was open, as far as its entities have said */
    private boolean closes(long id, Attachment<A> attached) {
        Optional<Stream> open = stream(id).filter(stream -> attached.streams.contains(id) && !stream.closing);
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
        streams.put(id, new Stream(attempt));
        attached.streams.add(id);
        // An attempt of an earlier incarnation has no number that this one could take for its own.
        long number = attempt.incarnation() == attached.incarnation ? attempt.number() : 0;
        return List.of(new EdgeEffect.Tell<>(attached.entity, new FromEdge.Opened(number, facts(id))));
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
        Optional<Stream> stream = stream(id);
        stream.ifPresent(known -> known.receipt.written(batch, unsent));
        return tellOwner(stream, new FromEdge.Written(id, batch, unsent));
    }

    /** A stream has ended. */
    public List<EdgeEffect<A>> ended(long id, StreamEnd end, List<XmlElement> unacknowledged) {
        Optional<Stream> stream = stream(id);
        if (stream.isEmpty()) {
            return List.of();
        }
        DomainPair link = stream.get().attempt.link();
        FromEdge.Ended ended = new FromEdge.Ended(id, stream.get().attempt.pair(), end, unacknowledged);
        Attachment<A> owner = byLink.get(link);
        if (owner == null || owner.goneMillis == Long.MAX_VALUE) {
            stream.get().end = Optional.of(ended);
            return tellOwner(stream, ended);
        }
        forget(id, owner);
        // Somebody has to tell the senders; an end that took nothing along is nobody's business.
        return unacknowledged.isEmpty() ? List.of() : List.of(new EdgeEffect.Wake<>(link, ended));
    }

    private List<EdgeEffect<A>> tellOwner(Optional<Stream> stream, FromEdge message) {
        return stream.map(known -> byLink.get(known.attempt.link()))
                .<List<EdgeEffect<A>>>map(owner -> List.of(new EdgeEffect.Tell<>(owner.entity, message)))
                .orElse(List.of());
    }

    // ---- entities that go, and the edge itself

    /** An entity is not there any more, or has released its streams. */
    public void gone(DomainPair link, A entity, long nowMillis) {
        Attachment<A> attached = byLink.get(link);
        if (attached != null && attached.entity.equals(entity)) {
            attached.goneMillis = Math.min(attached.goneMillis, nowMillis);
        }
    }

    /** Closes what nobody has come for. To be called every now and then. */
    public List<EdgeEffect<A>> tick(long nowMillis) {
        List<EdgeEffect<A>> effects = new ArrayList<>();
        for (Attachment<A> attached : byLink.values()) {
            if (attached.goneMillis <= nowMillis - orphanMillis) {
                for (long id : attached.streams) {
                    if (closes(id, attached)) {
                        effects.add(new EdgeEffect.Close<>(id));
                    }
                }
            }
        }
        byLink.values().removeIf(attached -> attached.goneMillis != Long.MAX_VALUE && attached.streams.isEmpty());
        return effects;
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

    private Optional<Stream> stream(long id) {
        return Optional.ofNullable(streams.get(id));
    }
}
