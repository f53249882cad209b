package io.wavegate.node.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wavegate.node.config.HttpSettings;
import io.wavegate.node.http.Problem;
import io.wavegate.node.http.ProblemException;
import io.wavegate.node.json.JsonFields;
import io.wavegate.node.json.JsonFormException;
import io.wavegate.node.metrics.NodeMetrics;
import io.wavegate.node.token.TokenVerdict;
import io.wavegate.wavelet.api.Refusal;
import io.wavegate.wavelet.api.SubmitResult;
import io.wavegate.wavelet.api.Wavelets;
import io.wavegate.wavelet.model.WaveletName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.ws.Message;
import org.apache.pekko.http.javadsl.model.ws.TextMessage;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.StreamLimitReachedException;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.MergeHub;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/**
 * One WebSocket of one user.
 *
 * <p>Requests are answered as they are done, at most {@code requestsPerSocket} at a time; with more the socket is not
 * read. Deltas are pulled by the socket: the next page of a wavelet is asked for when the one before has been taken, so a slow
 * client costs one page per wavelet and nobody waits for it. The session ends with its token.
 */
public final class SocketSession {
    private final Wavelets wavelets;
    private final TokenVerdict.Valid user;
    private final HttpSettings settings;
    private final NodeMetrics metrics;
    private final Follows follows;
    private final Source<Message, NotUsed> followed;
    private final Materializer materializer;

    public SocketSession(
            Wavelets wavelets,
            TokenVerdict.Valid user,
            HttpSettings settings,
            NodeMetrics metrics,
            Materializer materializer) {
        this.wavelets = wavelets;
        this.user = user;
        this.settings = settings;
        this.metrics = metrics;
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
                .mapAsync(1, this::wholeText)
                .mapAsyncUnordered(settings.requestsPerSocket(), this::answer)
                .map(SocketSession::text)
                .merge(followed, true)
                .watchTermination((notUsed, done) -> {
                    metrics.socketOpened();
                    done.whenComplete((d, failure) -> metrics.socketClosed());
                    return notUsed;
                });
    }

    private CompletionStage<String> wholeText(Message message) {
        if (!message.isText()) {
            message.asBinaryMessage().getStreamedData().runWith(Sink.ignore(), materializer);
            return CompletableFuture.completedFuture("");
        }
        TextMessage text = message.asTextMessage();
        if (text.isStrict()) {
            return CompletableFuture.completedFuture(text.getStrictText());
        }
        return text.getStreamedText()
                .limitWeighted(settings.maxRequestBytes(), part -> (long) part.length())
                .runFold(new StringBuilder(), StringBuilder::append, materializer)
                .thenApply(StringBuilder::toString);
    }

    private CompletionStage<ObjectNode> answer(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > settings.maxRequestBytes()) {
            return done(SocketMessages.error("", Problem.tooLarge(settings.maxRequestBytes())));
        }
        String id = "";
        try {
            JsonNode message = JsonFields.parse(bytes);
            id = SocketMessages.id(message);
            return answer(SocketMessages.read(message, user.user(), settings.maxOperations()));
        } catch (JsonFormException e) {
            return done(SocketMessages.error(id, Problem.malformed(e.getMessage() + ".")));
        } catch (ProblemException e) {
            return done(SocketMessages.error(id, e.problem()));
        }
    }

    private CompletionStage<ObjectNode> answer(SocketRequest request) {
        if (request instanceof SocketRequest.Submit submit) {
            return submit(submit);
        }
        if (request instanceof SocketRequest.Follow follow) {
            return done(
                    follows.begin(follow)
                            ? SocketMessages.following(follow.id(), follow.wavelet())
                            : SocketMessages.error(follow.id(), tooManyFollows()));
        }
        if (request instanceof SocketRequest.Unfollow unfollow) {
            follows.end(unfollow.wavelet());
            return done(SocketMessages.unfollowed(unfollow.id(), unfollow.wavelet()));
        }
        return done(SocketMessages.pong(request.id()));
    }

    private CompletionStage<ObjectNode> submit(SocketRequest.Submit submit) {
        WaveletName wavelet = submit.wavelet();
        long begin = System.nanoTime();
        return wavelets.submit(wavelet, submit.delta()).handle((result, failure) -> {
            metrics.submitted(System.nanoTime() - begin, result, failure);
            if (result instanceof SubmitResult.Applied applied) {
                return SocketMessages.submitted(submit.id(), wavelet, applied);
            }
            return SocketMessages.error(
                    submit.id(),
                    result instanceof SubmitResult.Refused refused
                            ? Problem.of(refused.refusal())
                            : Problem.internal());
        });
    }

    private Problem tooManyFollows() {
        return Problem.of(
                new Refusal(
                        Refusal.Reason.OVERLOADED,
                        "This socket follows " + settings.followsPerSocket()
                                + " wavelets already (wavegate.http.follows-per-socket). Unfollow one, or open another socket."));
    }

    private static CompletionStage<ObjectNode> done(ObjectNode message) {
        return CompletableFuture.completedFuture(message);
    }

    static Message text(ObjectNode message) {
        return TextMessage.create(message.toString());
    }

    /** True if a failure of the flow is a message over the bound. */
    static boolean isTooLarge(Throwable failure) {
        return failure instanceof StreamLimitReachedException;
    }
}
