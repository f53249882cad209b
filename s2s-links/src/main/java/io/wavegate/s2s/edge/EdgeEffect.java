package io.wavegate.s2s.edge;

import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.xml.XmlElement;
import java.util.List;

/**
 * What an edge is to do for the entities of links.
 *
 * @param <A> names an entity
 */
public sealed interface EdgeEffect<A> {
    /** Tell an entity. */
    record Tell<A>(A entity, FromEdge message) implements EdgeEffect<A> {}

    /** Tell the entity of a link, which has gone: there has to be one again. Told once; the next one is told anyway. */
    record Wake<A>(DomainPair link, FromEdge message) implements EdgeEffect<A> {}

    /** Make one attempt to open a stream; {@link EdgeRegister#opened} or {@link EdgeRegister#openFailed} comes. */
    record Dial<A>(EdgeRegister.Attempt attempt) implements EdgeEffect<A> {}

    /**
     * Send in one flush; {@link EdgeRegister#written} comes, unless the stream has ended, or the entity is where nothing is
     * lost on the way to it and is told at once.
     */
    record Write<A>(A entity, long stream, long batch, List<XmlElement> stanzas) implements EdgeEffect<A> {}

    /** Close a stream cleanly; {@link EdgeRegister#ended} comes still. */
    record Close<A>(long stream) implements EdgeEffect<A> {}

    /** The peer does not answer on it; {@link EdgeRegister#ended} comes still. */
    record Abandon<A>(long stream) implements EdgeEffect<A> {}

    /** An entity of the link has come for the first time, or a newer one. */
    record Arrived<A>(DomainPair link, long incarnation) implements EdgeEffect<A> {}

    /** An entity says how far stanzas of the peer's have come. */
    record Inbound<A>(DomainPair link, long incarnation, ToEdge.Progress progress) implements EdgeEffect<A> {}

    /** Forget what DNS said of a domain. */
    record ForgetDns<A>(String domain) implements EdgeEffect<A> {}

    /** Close what the peer opened for the link. */
    record CloseAccepted<A>(DomainPair link, List<String> services) implements EdgeEffect<A> {}
}
