package io.wavegate.node.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wavegate.node.config.HttpSettings;
import io.wavegate.node.http.Leaving;
import io.wavegate.node.http.Problem;
import io.wavegate.node.http.ProblemException;
import io.wavegate.node.json.JsonFields;
import io.wavegate.node.json.JsonFormException;
import io.wavegate.node.metrics.NodeMetrics;
import io.wavegate.node.token.TokenVerdict;
import io.wavegate.wavelet.api.SubmitResult;
import io.wavegate.wavelet.api.Wavelets;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.ws.Message;
import org.apache.pekko.http.javadsl.model.ws.TextMessage;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.MergeHub;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket of one user.
 *
 * <p>Requests are answered as they are done, at most {@code requestsPerSocket} at a time; with more the socket is not
 * read. Deltas are pulled by the socket: the next page of a wavelet is asked for when the one before has been taken, so a slow
 * client costs one page per wavelet and nobody waits for it. The session ends with its token, or when the node leaves: then
 * after what is under way is answered.
 */
public final class SocketSession {
    private static final Logger LOG = LoggerFactory.getLogger(SocketSession.class);

    // Stands for a binary message; as text it could be no request either.
    private static final String BINARY = "binary";

    private final Wavelets wavelets;
    private final TokenVerdict.Valid user;
    private final HttpSettings settings;
    private final NodeMetrics metrics;
    private final Leaving leaving;
    private final Follows follows;
    private final Source<Message, NotUsed> followed;
    private final Materializer materializer;

    public SocketSession(
            Wavelets wavelets,
            TokenVerdict.Valid user,
            HttpSettings settings,
            NodeMetrics metrics,
            Leaving leaving,
            Materializer materializer) {
        this.wavelets = wavelets;
        this.user = user;
        this.settings = settings;
        this.metrics = metrics;
        this.leaving = leaving;
        this.materializer = materializer;
        Pair<Sink<Message, NotUsed>, Source<Message, NotUsed>> hub =
                MergeHub.of(Message.class, 1).preMaterialize(materializer);
        this.followed = hub.second();
        this.follows = new Follows(wavelets, user.user(), settings, hub.first(), materializer);
    }

    /**
     * The socket's messages in, ours out.
     *
     * @param life until the token ends
     */
    public Flow<Message, Message, NotUsed> flow(Duration life) {
        return Flow.of(Message.class)
                .takeWithin(life)
                .via(leaving.whileServing())
                .mapAsync(1, this::wholeText)
                .mapAsyncUnordered(settings.requestsPerSocket(), this::answer)
                .map(SocketSession::text)
                .concatLazy(Source.lazySource(this::farewell))
                .merge(followed, true)
                .watchTermination((notUsed, done) -> {
                    metrics.socketOpened();
                    leaving.opened();
                    done.whenComplete((d, failure) -> {
                        metrics.socketClosed();
                        leaving.closed();
                    });
                    return notUsed;
                });
    }

    // Pekko HTTP cannot give a close frame a reason of its own, so a message says it.
    private Source<Message, NotUsed> farewell() {
        return leaving.hasBegun() ? Source.single(text(SocketMessages.leaving())) : Source.empty();
    }

    private CompletionStage<String> wholeText(Message message) {
        if (!message.isText()) {
            return message.asBinaryMessage()
                    .getStreamedData()
                    .runWith(Sink.ignore(), materializer)
                    .thenApply(done -> BINARY);
        }
        TextMessage text = message.asTextMessage();
        if (text.isStrict()) {
            return CompletableFuture.completedFuture(text.getStrictText());
        }
        // What is over the bound is thrown away as it comes, so that the socket lives and the client gets to read why.
        return text.getStreamedText()
                .runFold(
                        new StringBuilder(),
                        (read, part) -> read.length() > settings.maxRequestBytes() ? read : read.append(part),
                        materializer)
                .thenApply(StringBuilder::toString);
    }

    private CompletionStage<ObjectNode> answer(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        JsonNode message = MissingNode.getInstance();
        try {
            if (text.equals(BINARY)) {
                throw new JsonFormException("the message is binary; JSON goes as text");
            }
            if (bytes.length > settings.maxRequestBytes()) {
                message = MessageHead.of(text);
                throw new ProblemException(Problem.tooLarge(settings.maxRequestBytes()));
            }
            message = JsonFields.parse(bytes);
            return answer(message, SocketMessages.read(message, user.user(), settings.maxOperations()));
        } catch (JsonFormException e) {
            return done(SocketMessages.error(message, Problem.malformed(e)));
        } catch (ProblemException e) {
            return done(SocketMessages.error(message, e.problem()));
        }
    }

    private CompletionStage<ObjectNode> answer(JsonNode message, SocketRequest request) throws ProblemException {
        if (request instanceof SocketRequest.Submit submit) {
            return submit(message, submit);
        }
        if (request instanceof SocketRequest.Follow follow) {
            follows.begin(follow);
            return done(SocketMessages.following(follow.id(), follow.wavelet()));
        }
        if (request instanceof SocketRequest.Unfollow unfollow) {
            follows.end(unfollow.wavelet());
            return done(SocketMessages.unfollowed(unfollow.id(), unfollow.wavelet()));
        }
        return done(SocketMessages.pong(request.id()));
    }

    private CompletionStage<ObjectNode> submit(JsonNode message, SocketRequest.Submit submit) {
        long begin = System.nanoTime();
        return wavelets.submit(submit.wavelet(), submit.delta()).handle((result, failure) -> {
            metrics.submitted(System.nanoTime() - begin, result, failure);
            if (result instanceof SubmitResult.Applied applied) {
                return SocketMessages.submitted(submit.id(), submit.wavelet(), applied);
            }
            if (failure != null) {
                LOG.error("submit to {} failed", submit.wavelet(), failure);
            }
            return SocketMessages.error(
                    message,
                    result instanceof SubmitResult.Refused refused
                            ? Problem.of(refused.refusal())
                            : Problem.internal());
        });
    }

    private static CompletionStage<ObjectNode> done(ObjectNode message) {
        return CompletableFuture.completedFuture(message);
    }

    static Message text(ObjectNode message) {
        return TextMessage.create(message.toString());
    }
}
