package io.wavegate.node.http;

import io.wavegate.node.config.FindingException;
import io.wavegate.node.config.HttpSettings;
import io.wavegate.node.metrics.NodeMetrics;
import io.wavegate.node.token.TokenVerdict;
import io.wavegate.wavelet.model.ParticipantId;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.RemoteAddress;
import org.apache.pekko.http.javadsl.model.ResponseEntity;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.javadsl.model.ws.Message;
import org.apache.pekko.http.javadsl.model.ws.WebSocketUpgrade;
import org.apache.pekko.http.scaladsl.model.IllegalUriException;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.JavaFlowSupport;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries the client API over Pekko HTTP. What is asked and answered is decided by {@link Router} and the endpoints. */
public final class ApiServer {
    /** Where clients open their WebSocket. */
    public static final String SOCKET = "/api/v1/socket";

    private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
    private static final Duration BODY_TIMEOUT = Duration.ofSeconds(30);
    // A timer reaches no farther than 248 days; the client opens another socket then.
    private static final Duration LONGEST_SOCKET = Duration.ofDays(100);
    private static final String TOKEN_PROTOCOL = "bearer.";
    // Long before a server or proxy between takes a stream of lines for dead.
    private static final Duration EMPTY_LINE_AFTER = Duration.ofSeconds(15);
    // What a proxy adds (RFC 7239, RFC 9110 §7.6.3, and the usual one).
    private static final List<String> FORWARDED = List.of("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via");

    private final Router router;
    private final HttpSettings settings;
    private final NodeMetrics metrics;
    private final BiFunction<TokenVerdict.Valid, Duration, Flow<Message, Message, NotUsed>> sockets;
    private final Materializer materializer;
    private final InstantSource clock;

    /**
     * @param sockets makes the flow of a socket out of its user and how long the token lasts
     * @param clock what tokens are judged by
     */
    public ApiServer(
            Router router,
            HttpSettings settings,
            NodeMetrics metrics,
            BiFunction<TokenVerdict.Valid, Duration, Flow<Message, Message, NotUsed>> sockets,
            Materializer materializer,
            InstantSource clock) {
        this.router = router;
        this.settings = settings;
        this.metrics = metrics;
        this.sockets = sockets;
        this.materializer = materializer;
        this.clock = clock;
    }

    /**
     * Listens.
     *
     * @throws FindingException if the address cannot be had
     */
    public ServerBinding bind(ActorSystem<?> system) throws FindingException {
        try {
            return Http.get(system)
                    .newServerAt(settings.host(), settings.port())
                    .bind(this::handle)
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            throw new FindingException(
                    "Client API on " + settings.host() + ":" + settings.port(),
                    "cannot listen (" + rootMessage(e) + ")",
                    "Stop what uses the port, or set wavegate.http.port (WAVEGATE_HTTP_PORT) to a free one");
        }
    }

    private static String rootMessage(Throwable failure) {
        Throwable at = failure;
        while (at.getCause() != null) {
            at = at.getCause();
        }
        return String.valueOf(at.getMessage());
    }

    private CompletionStage<HttpResponse> handle(HttpRequest request) {
        Instant begin = clock.instant();
        String method = request.method().value();
        List<String> segments = new ArrayList<>();
        request.getUri().pathSegments().forEach(segments::add);
        Optional<WebSocketUpgrade> upgrade = request.getAttribute(AttributeKeys.webSocketUpgrade);
        if (SOCKET.equals("/" + String.join("/", segments))) {
            return upgrade.<CompletionStage<HttpResponse>>map(
                            u -> CompletableFuture.completedFuture(socket(request, u, begin)))
                    .orElseGet(() -> afterBody(request, noUpgrade()));
        }
        Router.Route route = router.route(method, segments);
        if (route instanceof Router.Route.None none) {
            HttpResponse response = response(ApiReply.problem(none.problem()));
            // RFC 9110 §15.5.6: a 405 names the methods.
            return afterBody(
                    request,
                    none.allowed().isEmpty()
                            ? response
                            : response.addHeader(RawHeader.create("Allow", String.join(", ", none.allowed()))));
        }
        Router.Route.Found found = (Router.Route.Found) route;
        return answer(request, found, begin).thenApply(reply -> {
            metrics.answered(
                    method, found.endpoint().template(), reply.status(), Duration.between(begin, clock.instant()));
            return response(reply);
        });
    }

    private <T> CompletionStage<T> afterBody(HttpRequest request, T answer) {
        return body(request).handle((body, failure) -> answer);
    }

    private CompletionStage<ApiReply> answer(HttpRequest request, Router.Route.Found found, Instant now) {
        try {
            Endpoint endpoint = found.endpoint();
            ParticipantId user = router.admit(endpoint, authorization(request), origin(request), now);
            Map<String, String> query = query(request);
            return body(request)
                    .thenCompose(body -> call(endpoint, new ApiRequest(user, found.parameters(), query, body)))
                    .exceptionally(failure -> ApiReply.problem(problem(request, failure)));
        } catch (ProblemException e) {
            return afterBody(request, ApiReply.problem(e.problem()));
        }
    }

    private static OperatorGate.Origin origin(HttpRequest request) {
        Optional<InetAddress> peer =
                request.getAttribute(AttributeKeys.remoteAddress).flatMap(RemoteAddress::getAddress);
        return new OperatorGate.Origin(peer, FORWARDED.stream().anyMatch(name -> request.getHeader(name)
                .isPresent()));
    }

    private CompletionStage<ApiReply> call(Endpoint endpoint, ApiRequest request) {
        try {
            if (request.body().length > settings.maxRequestBytes()) {
                throw new ProblemException(Problem.tooLarge(settings.maxRequestBytes()));
            }
            return endpoint.handler().handle(request);
        } catch (ProblemException e) {
            return CompletableFuture.completedFuture(ApiReply.problem(e.problem()));
        }
    }

    private static Map<String, String> query(HttpRequest request) throws ProblemException {
        try {
            return request.getUri().query().toMap();
        } catch (IllegalUriException e) {
            throw new ProblemException(Problem.malformed(
                    "The request's query cannot be read. Percent-encode what is not a letter, digit or one of -._~."));
        }
    }

    // Read to its end even where it is over the bound, without being kept: an answer given earlier closes the
    // connection,
    // and the client would see that instead of the answer.
    private CompletionStage<byte[]> body(HttpRequest request) {
        long most = settings.maxRequestBytes();
        return request.entity()
                .withoutSizeLimit()
                .getDataBytes()
                .completionTimeout(BODY_TIMEOUT)
                .runFold(
                        ByteString.emptyByteString(),
                        (read, part) -> read.size() > most ? read : read.concat(part),
                        materializer)
                .thenApply(ByteString::toArrayUnsafe)
                .exceptionally(failure -> {
                    throw new CompletionException(new ProblemException(unread()));
                });
    }

    // Not our failure, and nothing for the log: anybody could fill it.
    private static Problem unread() {
        return Problem.own(
                Problem.Own.REQUEST_TIMEOUT,
                "The request's body broke off or took longer than " + BODY_TIMEOUT.toSeconds()
                        + " s. Nothing was done; send it again.");
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private static Problem problem(HttpRequest request, Throwable failure) {
        Throwable cause = cause(failure);
        if (cause instanceof ProblemException refused) {
            return refused.problem();
        }
        LOG.error("{} {} failed", request.method().value(), request.getUri().path(), cause);
        return Problem.internal();
    }

    private static HttpResponse noUpgrade() {
        return response(ApiReply.problem(Problem.own(
                        Problem.Own.UPGRADE_REQUIRED,
                        "This path is for WebSockets (RFC 6455). Open one here, or use the other paths of the API.")))
                .addHeader(RawHeader.create("Upgrade", "websocket"));
    }

    private HttpResponse socket(HttpRequest request, WebSocketUpgrade upgrade, Instant now) {
        try {
            // A browser cannot set headers on a WebSocket: it may offer the token as a protocol's name.
            List<String> protocols = new ArrayList<>();
            upgrade.getRequestedProtocols().forEach(protocols::add);
            Optional<String> authorization = authorization(request).or(() -> protocols.stream()
                    .filter(protocol -> protocol.startsWith(TOKEN_PROTOCOL))
                    .map(protocol -> "Bearer " + protocol.substring(TOKEN_PROTOCOL.length()))
                    .findFirst());
            TokenVerdict.Valid user = router.valid(authorization, now);
            Duration life = Duration.between(now, Instant.ofEpochSecond(user.expiresAtSeconds()));
            Flow<Message, Message, NotUsed> flow = sockets.apply(user, within(life));
            return protocols.contains("wavegate.v1")
                    ? upgrade.handleMessagesWith(flow, "wavegate.v1")
                    : upgrade.handleMessagesWith(flow);
        } catch (ProblemException e) {
            return response(ApiReply.problem(e.problem()));
        }
    }

    private static Duration within(Duration life) {
        Duration atLeastNone = life.isNegative() ? Duration.ZERO : life;
        return atLeastNone.compareTo(LONGEST_SOCKET) > 0 ? LONGEST_SOCKET : atLeastNone;
    }

    private static Optional<String> authorization(HttpRequest request) {
        return request.getHeader("Authorization").map(header -> header.value());
    }

    private static HttpResponse response(ApiReply reply) {
        HttpResponse response = HttpResponse.create()
                .withStatus(StatusCodes.get(reply.status()))
                .withEntity(reply.stream()
                        .<ResponseEntity>map(stream -> lines(reply.contentType(), stream))
                        .orElseGet(() -> HttpEntities.create(
                                ContentTypes.parse(reply.contentType()),
                                reply.body().getBytes(StandardCharsets.UTF_8))));
        return reply.status() == 401 ? response.addHeader(RawHeader.create("WWW-Authenticate", "Bearer")) : response;
    }

    /** An empty line now and then finds out that the reader is gone. */
    private static ResponseEntity lines(String contentType, LineStream stream) {
        Source<ByteString, NotUsed> lines = JavaFlowSupport.Source.fromPublisher(stream.lines())
                .map(line -> ByteString.fromString(line + "\n"))
                .keepAlive(EMPTY_LINE_AFTER, () -> ByteString.fromString("\n"))
                .watchTermination((notUsed, done) -> {
                    done.whenComplete((d, failure) -> stream.ended().run());
                    return notUsed;
                });
        return HttpEntities.createChunked(ContentTypes.parse(contentType), lines);
    }
}
