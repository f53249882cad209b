package io.wavegate.s2s.probe;

import io.wavegate.s2s.stanza.Addresses;
import io.wavegate.s2s.stanza.IqType;
import io.wavegate.s2s.stanza.Stanzas;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.OutgoingStream;
import io.wavegate.s2s.stream.S2sStreams;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamEndedException;
import io.wavegate.s2s.xml.XmlElement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Questions of one check: sent on ordinary streams, one for each name; answers come where they come. */
final class Conversation implements AutoCloseable {
    private final S2sStreams edge;
    private final ExpectedAnswers answers;
    private final Supplier<String> ids;
    private final Duration patience;
    private final Map<DomainPair, CompletableFuture<OutgoingStream>> streams = new ConcurrentHashMap<>();

    /** @param patience how long an answer is waited for, once the question was sent */
    Conversation(S2sStreams edge, ExpectedAnswers answers, Supplier<String> ids, Duration patience) {
        this.edge = edge;
        this.answers = answers;
        this.ids = ids;
        this.patience = patience;
    }

    /** What comes of a question. */
    sealed interface Reply {
        /** The answer, a result or an error. */
        record Answer(XmlElement stanza) implements Reply {}

        /** None in time. */
        record Silence() implements Reply {}

        /** It could not be sent. */
        record Unsent(StreamEnd end) implements Reply {}
    }

    /** Never fails. */
    CompletionStage<Reply> ask(DomainPair pair, XmlElement payload) {
        Addresses addresses = new Addresses(ids.get(), pair.local(), pair.remote());
        XmlElement request = Stanzas.request(IqType.GET, addresses, payload);
        return streams.computeIfAbsent(pair, missing -> edge.open(pair).toCompletableFuture())
                .thenCompose(stream -> {
                    CompletionStage<XmlElement> answer = answers.expect(addresses, patience);
                    return stream.send(java.util.List.of(request)).thenCompose(sent -> answer);
                })
                .<Reply>handle((stanza, failure) -> failure == null ? new Reply.Answer(stanza) : failed(failure));
    }

    private static Reply failed(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof StreamEndedException ended ? new Reply.Unsent(ended.end()) : new Reply.Silence();
    }

    @Override
    public void close() {
        streams.values().forEach(stream -> stream.thenAccept(OutgoingStream::close));
    }
}
