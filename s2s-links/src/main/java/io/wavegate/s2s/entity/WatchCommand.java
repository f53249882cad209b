package io.wavegate.s2s.entity;

import io.wavegate.s2s.api.WatchedEvent;
import io.wavegate.s2s.stream.DomainPair;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.NoSerializationVerificationNeeded;
import org.apache.pekko.actor.typed.ActorRef;

/** What passes between the node where an operator watches a link and the others. */
sealed interface WatchCommand {
    /** What a node is told that shall show what it sees. */
    sealed interface ToDesk extends WatchCommand {}

    /** What whoever watches is told. */
    sealed interface ToWatcher extends WatchCommand {}

    /**
     * Show what passes the link; said again while the watch lasts.
     *
     * @param seen how many events of that node have been seen
     */
    record Watch(DomainPair link, ActorRef<ToWatcher> watcher, long seen) implements ToDesk, EdgeWire {}

    /** Whoever watched is gone. */
    record WatcherGone(ActorRef<ToWatcher> watcher) implements ToDesk, NoSerializationVerificationNeeded {}

    /** From the desk's timer. */
    record Look() implements ToDesk, NoSerializationVerificationNeeded {}

    /**
     * Something that a node saw.
     *
     * @param number counts what it showed
     * @param event empty if it shows no more, as the watcher does not keep up
     */
    record Shown(ActorRef<ToDesk> desk, long number, Optional<WatchedEvent> event) implements ToWatcher, EdgeWire {}

    /** Which nodes there are. */
    record Desks(Set<ActorRef<ToDesk>> all) implements ToWatcher, NoSerializationVerificationNeeded {}

    /** From the watcher's timer. */
    record Tick() implements ToWatcher, NoSerializationVerificationNeeded {}

    /** The operator has seen enough. */
    record End() implements ToWatcher, NoSerializationVerificationNeeded {}
}
