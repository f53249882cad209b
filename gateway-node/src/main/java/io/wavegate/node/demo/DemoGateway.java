package io.wavegate.node.demo;

import io.wavegate.node.config.FindingException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A gateway in a process of its own: {@code wavegate run} with a configuration. */
final class DemoGateway {
    // On a machine that is busy with other things a JVM takes a minute to start; one that dies is noticed at once.
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration ASK_AGAIN = Duration.ofMillis(100);
    private static final long STOP_SECONDS = 15;

    private final String domain;
    private final DemoPorts ports;
    private final Path configuration;
    private final Process process;

    private DemoGateway(String domain, DemoPorts ports, Path configuration, Process process) {
        this.domain = domain;
        this.ports = ports;
        this.configuration = configuration;
        this.process = process;
    }

    /** Its log is beside its configuration. */
    static DemoGateway start(String domain, DemoPorts ports, Path configuration) throws IOException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.wavegate.node.Main",
                        "run",
                        "--config",
                        configuration.toString()))
                .redirectErrorStream(true)
                .redirectOutput(log(configuration).toFile())
                .start();
        return new DemoGateway(domain, ports, configuration, process);
    }

    private static Path log(Path configuration) {
        return configuration.resolveSibling("gateway.log");
    }

    String domain() {
        return domain;
    }

    Path configuration() {
        return configuration;
    }

    Path log() {
        return log(configuration);
    }

    /** For a person: which process it is, and where. */
    String line() {
        return "Gateway of %s: process %d, federation on 127.0.0.1:%d, client API on %s, configuration and log in %s"
                .formatted(domain, pid(), ports.streams(), api(), configuration.getParent());
    }

    /** What other nodes of its cluster, and {@code wavegate cluster}, call it. */
    String member() {
        return "127.0.0.1:" + ports.cluster();
    }

    /** For a person: a command that shows the waves of whoever has this token. */
    String listing(String token) {
        return "curl -H 'Authorization: Bearer " + token + "' " + api() + "/api/v1/wavelets";
    }

    /** Completes when it ends, with its exit code. */
    CompletableFuture<Integer> ended() {
        return process.onExit().thenApply(Process::exitValue);
    }

    long pid() {
        return process.pid();
    }

    /** CPU time used so far, the start included; zero where the system does not tell. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** The client API. */
    URI api() {
        return URI.create("http://127.0.0.1:" + ports.api());
    }

    /**
     * Waits until it takes requests.
     *
     * @throws FindingException if it ended instead, or took too long
     */
    void awaitReady() throws FindingException, InterruptedException {
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest ready = HttpRequest.newBuilder(api().resolve("/ready"))
                .timeout(Duration.ofSeconds(2))
                .build();
        long end = System.nanoTime() + START.toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            try {
                if (http.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // Not listening yet: asked again below.
            }
            TimeUnit.MILLISECONDS.sleep(ASK_AGAIN.toMillis());
        }
        throw new FindingException(
                "The gateway of " + domain,
                process.isAlive()
                        ? "is not ready after " + START.toSeconds() + " s"
                        : "ended with exit code " + process.exitValue(),
                "Its log says why: " + log());
    }

    /** Stops it in order; kills it if it takes too long. */
    void stop() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
