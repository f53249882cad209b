package io.wavegate.s2s.entity;

import io.wavegate.s2s.link.LinkInput;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.OutgoingStream;
import io.wavegate.s2s.stream.S2sStreams;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamEndedException;
import io.wavegate.s2s.stream.Unsent;
import io.wavegate.s2s.xml.XmlElement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The streams of one link: the seam between the entity and the edge, which for now is on the same node. Only the entity
 * calls it; the edge's answers come back to it as commands. Who watches the link sees here what becomes of streams and what
 * is sent on them.
 */
final class LinkStreams {
    private final DomainPair link;
    private final CompletionStage<S2sStreams> edge;
    private final LinkWatches watches;
    private final Consumer<LinkCommand> self;
    private final Map<Long, OutgoingStream> byNumber = new HashMap<>();
    private long lastNumber;

    /** Also written by threads of the edge: a stream that opens while the entity stops has no other owner. */
    private final Set<OutgoingStream> all = ConcurrentHashMap.newKeySet();

    private volatile boolean stopped;

    LinkStreams(DomainPair link, CompletionStage<S2sStreams> edge, LinkWatches watches, Consumer<LinkCommand> self) {
        this.link = link;
        this.edge = edge;
        this.watches = watches;
        this.self = self;
    }

    void open(DomainPair pair) {
        edge.thenCompose(streams -> streams.open(pair)).whenComplete((stream, failure) -> {
            if (stream == null) {
                self.accept(new LinkCommand.StreamNews(new LinkInput.StreamFailed(pair, end(failure))));
                return;
            }
            all.add(stream);
            if (stopped) {
                stream.close();
            } else {
                self.accept(new LinkCommand.Opened(pair, stream));
            }
        });
    }

    /** Attempts from now on do not rely on what DNS said before. */
    void lookAgain() {
        edge.thenAccept(streams -> streams.forget(link.remote()));
    }

    /** Gives a stream its number, by which the core knows it. */
    LinkInput opened(LinkCommand.Opened opened) {
        DomainPair pair = opened.pair();
        OutgoingStream stream = opened.stream();
        watches.happened(link, pair, "stream is open");
        long number = ++lastNumber;
        byNumber.put(number, stream);
        whenEnded(number, stream, ended -> self.accept(new LinkCommand.StreamNews(ended)));
        return new LinkInput.StreamOpened(
                pair, number, stream.isAcknowledged(), stream.silence().toMillis());
    }

    private static void whenEnded(long number, OutgoingStream stream, Consumer<LinkInput.StreamEnded> told) {
        stream.ended()
                .thenAccept(end ->
                        told.accept(new LinkInput.StreamEnded(stream.pair(), number, end, stream.unacknowledged())));
    }

    /** Notes what the core is to be told next. */
    LinkInput news(LinkCommand.StreamNews news) {
        if (news.input() instanceof LinkInput.StreamEnded ended) {
            watches.happened(link, ended.pair(), "stream ended: " + told(ended.end()));
            OutgoingStream stream = byNumber.remove(ended.stream());
            if (stream != null) {
                all.remove(stream);
            }
        } else if (news.input() instanceof LinkInput.StreamFailed failed) {
            watches.happened(link, failed.pair(), "no stream: " + told(failed.end()));
        }
        return news.input();
    }

    private static String told(StreamEnd end) {
        return end.label() + ": " + end.text();
    }

    /** If sending fails the stream has ended too, which is told on its own. */
    void send(DomainPair pair, long number, List<XmlElement> stanzas) {
        watches.sent(link, pair, stanzas);
        OutgoingStream stream = byNumber.get(number);
        if (stream != null) {
            stream.send(stanzas).thenAccept(unsent -> sent(pair, number, unsent));
        }
    }

    private void sent(DomainPair pair, long number, Unsent unsent) {
        if (!unsent.stanzas().isEmpty()) {
            self.accept(new LinkCommand.StreamNews(new LinkInput.TooLarge(pair, unsent)));
        }
        self.accept(new LinkCommand.StreamNews(new LinkInput.Sent(pair, number)));
    }

    /** The peer does not answer on it. */
    void abandon(long number) {
        OutgoingStream stream = byNumber.get(number);
        if (stream != null) {
            stream.abandon();
        }
    }

    /** It is known until its end is: what the peer has not acknowledged by then is lost. */
    void close(long number) {
        OutgoingStream stream = byNumber.get(number);
        if (stream != null) {
            stream.close();
        }
    }

    /**
     * The entity takes nothing any more.
     *
     * @param told of each stream whose end the entity has not been told of, on any thread
     */
    void stop(Consumer<LinkInput.StreamEnded> told) {
        stopped = true;
        all.forEach(OutgoingStream::close);
        all.clear();
        byNumber.forEach((number, stream) -> whenEnded(number, stream, told));
        byNumber.clear();
    }

    private static StreamEnd end(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof StreamEndedException ended
                ? ended.end()
                : new StreamEnd(StreamEnd.Reason.CONNECT_FAILED, "The stream could not be opened: " + cause);
    }
}
