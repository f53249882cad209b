package io.wavegate.node.http;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The endpoints about the node itself; without a token, as they are for the machines around it. */
public final class NodeReads {
    private final BooleanSupplier ready;
    private final Supplier<String> metrics;

    /**
     * @param ready whether the node takes requests
     * @param metrics all metrics in Prometheus' text form
     */
    public NodeReads(BooleanSupplier ready, Supplier<String> metrics) {
        this.ready = ready;
        this.metrics = metrics;
    }

    /** All of them. */
    public List<Endpoint> endpoints() {
        return List.of(
                open("/health", () -> ApiReply.text(200, "alive\n")),
                open(
                        "/ready",
                        () -> ready.getAsBoolean()
                                ? ApiReply.text(200, "ready\n")
                                : ApiReply.text(503, "starting or stopping\n")),
                open("/metrics", () -> new ApiReply(200, "text/plain; version=0.0.4; charset=utf-8", metrics.get())));
    }

    private static Endpoint open(String path, Supplier<ApiReply> reply) {
        return new Endpoint("GET", path, Access.ANYBODY, request -> CompletableFuture.completedFuture(reply.get()));
    }
}
