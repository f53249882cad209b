package io.wavegate.s2s.probe;

import io.wavegate.s2s.check.QuestionFacts;
import io.wavegate.s2s.check.QuestionFacts.Kind;
import io.wavegate.s2s.check.QuestionFacts.Outcome;
import io.wavegate.s2s.federation.DiscoCodec;
import io.wavegate.s2s.federation.Discovery;
import io.wavegate.s2s.federation.DiscoverySettings;
import io.wavegate.s2s.stanza.Namespaces;
import io.wavegate.s2s.stanza.StanzaError;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.xml.XmlElement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Looks for the wave service of a domain as a link does, by the same machine, and keeps what was asked and answered. */
final class WaveSearch {
    private static final int MAX_CANDIDATES = 8;

    private final DomainPair pair;
    private final Conversation conversation;
    private final Map<String, StreamEnd> unreachable;
    private final Discovery discovery;
    private final List<QuestionFacts> facts = new ArrayList<>();

    /** @param unreachable names that are known not to be reachable now, which need not be tried again */
    WaveSearch(DomainPair pair, Conversation conversation, Map<String, StreamEnd> unreachable, Duration patience) {
        this.pair = pair;
        this.conversation = conversation;
        this.unreachable = unreachable;
        this.discovery = new Discovery(
                pair.remote(),
                new DiscoverySettings(
                        List.of(patience), 0, patience, Duration.ofHours(1), Duration.ofHours(1), MAX_CANDIDATES),
                new SplittableRandom(0));
    }

    /**
     * What came of it.
     *
     * @param questions in the order in which they were settled
     * @param service the wave service, if one was found
     */
    record Result(List<QuestionFacts> questions, Optional<String> service) {}

    CompletionStage<Result> run() {
        return askAll(discovery.start(0)).thenApply(done -> result());
    }

    private synchronized Result result() {
        Optional<String> service = discovery.status(0) instanceof Discovery.Status.Found found
                ? Optional.of(found.service())
                : Optional.empty();
        return new Result(List.copyOf(facts), service);
    }

    private CompletionStage<Void> askAll(List<Discovery.Query> queries) {
        return CompletableFuture.allOf(queries.stream().map(this::ask).toArray(CompletableFuture<?>[]::new));
    }

    private CompletableFuture<Void> ask(Discovery.Query query) {
        long begun = System.nanoTime();
        StreamEnd known = unreachable.get(query.to());
        CompletionStage<Conversation.Reply> reply = known != null
                ? CompletableFuture.completedFuture(new Conversation.Reply.Unsent(known))
                : conversation.ask(new DomainPair(pair.local(), query.to()), DiscoCodec.query(namespace(query.kind())));
        return reply.thenCompose(came -> askAll(settle(query, came, (System.nanoTime() - begun) / 1_000_000)))
                .toCompletableFuture();
    }

    private static String namespace(Discovery.Kind kind) {
        return kind == Discovery.Kind.ITEMS ? Namespaces.DISCO_ITEMS : Namespaces.DISCO_INFO;
    }

    private synchronized List<Discovery.Query> settle(Discovery.Query query, Conversation.Reply reply, long millis) {
        Kind kind = query.kind() == Discovery.Kind.ITEMS ? Kind.ITEMS : Kind.INFO;
        facts.add(new QuestionFacts(kind, query.to(), outcome(query.kind(), reply), millis));
        if (!(reply instanceof Conversation.Reply.Answer answer)) {
            boolean silent = reply instanceof Conversation.Reply.Silence;
            return discovery.failed(
                    query, silent ? Discovery.Failure.TIMEOUT : Discovery.Failure.UNREACHABLE, "no answer");
        }
        return isError(answer.stanza())
                ? discovery.failed(
                        query,
                        Discovery.Failure.ERROR,
                        StanzaError.in(answer.stanza()).summary())
                : discovery.answered(query, answer.stanza());
    }

    private static Outcome outcome(Discovery.Kind kind, Conversation.Reply reply) {
        if (reply instanceof Conversation.Reply.Unsent unsent) {
            return new Outcome.Unsent(unsent.end());
        }
        if (!(reply instanceof Conversation.Reply.Answer answer)) {
            return new Outcome.Silent();
        }
        if (isError(answer.stanza())) {
            return new Outcome.Refused(StanzaError.in(answer.stanza()).summary());
        }
        return new Outcome.Answered(kind == Discovery.Kind.ITEMS ? listed(answer.stanza()) : shown(answer.stanza()));
    }

    private static String listed(XmlElement answer) {
        int items = DiscoCodec.items(answer).size();
        return items == 0 ? "lists no services" : "lists " + items + (items == 1 ? " service" : " services");
    }

    private static String shown(XmlElement answer) {
        return DiscoCodec.isWave(answer) ? "is a wave service" : "is no wave service";
    }

    static boolean isError(XmlElement stanza) {
        return stanza.attribute("type").filter("error"::equals).isPresent();
    }
}
