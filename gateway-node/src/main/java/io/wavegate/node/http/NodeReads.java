package io.wavegate.node.http;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The endpoints about the node itself; without a token, as they are for the machines around it. */
public final class NodeReads {
    private final Health health;
    private final Supplier<String> metrics;

    /** @param metrics all metrics in Prometheus' text form */
    public NodeReads(Health health, Supplier<String> metrics) {
        this.health = health;
        this.metrics = metrics;
    }

    /** All of them. */
    public List<Endpoint> endpoints() {
        return List.of(
                open("/health", this::alive),
                open("/alive", this::alive),
                open("/startup", this::startup),
                open("/ready", this::ready),
                open(
                        "/metrics",
                        () -> done(new ApiReply(200, "text/plain; version=0.0.4; charset=utf-8", metrics.get()))));
    }

    private CompletionStage<ApiReply> alive() {
        return done(health.alive() ? ApiReply.text(200, "alive\n") : ApiReply.text(503, "stuck\n"));
    }

    private CompletionStage<ApiReply> startup() {
        return done(health.started() ? ApiReply.text(200, "started\n") : ApiReply.text(503, "starting or stopping\n"));
    }

    private CompletionStage<ApiReply> ready() {
        if (!health.started()) {
            return done(ApiReply.text(503, "starting or stopping\n"));
        }
        return health.problems()
                .thenApply(problems -> problems.isEmpty()
                        ? ApiReply.text(200, "ready\n")
                        : ApiReply.text(503, String.join("\n", problems) + "\n"));
    }

    private static CompletionStage<ApiReply> done(ApiReply reply) {
        return CompletableFuture.completedFuture(reply);
    }

    private static Endpoint open(String path, Supplier<CompletionStage<ApiReply>> reply) {
        return new Endpoint("GET", path, Access.ANYBODY, request -> reply.get());
    }
}
