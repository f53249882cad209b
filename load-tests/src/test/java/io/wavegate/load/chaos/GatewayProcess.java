package io.wavegate.load.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wavegate.node.Main;
import io.wavegate.node.client.WavegateClient;
import io.wavegate.wavelet.model.ParticipantId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A gateway as an operator runs it: {@code wavegate run --config FILE} in a process with its own store folder and log. */
final class GatewayProcess {
    private static final Duration START = Duration.ofSeconds(60);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Lab lab;
    private final Path home;
    private final String domain;
    private final int streamPort = FreePorts.next();
    private final int apiPort = FreePorts.next();
    private Path store;
    private String further = "";
    private Optional<Process> process = Optional.empty();

    GatewayProcess(Lab lab, Path home, String domain) {
        this.lab = lab;
        this.home = home;
        this.domain = domain;
        this.store = home.resolve("store");
    }

    int streamPort() {
        return streamPort;
    }

    int apiPort() {
        return apiPort;
    }

    URI api() {
        return URI.create("http://127.0.0.1:" + apiPort);
    }

    ParticipantId user(String name) {
        return new ParticipantId(name + "@" + domain);
    }

    WavegateClient client(String name) {
        return WavegateClient.connect(api(), lab.token(user(name)), user(name));
    }

    RawApi raw(String name) {
        return new RawApi(api(), lab.token(user(name)), user(name));
    }

    /** Puts the store somewhere else. */
    GatewayProcess store(Path folder) {
        store = folder;
        return this;
    }

    /** Adds lines to the configuration; they win over what stands before. */
    GatewayProcess with(String lines) {
        further = further + lines + "\n";
        return this;
    }

    /** Starts and waits until it takes requests. */
    GatewayProcess start() {
        launch();
        await().atMost(START).pollInterval(Duration.ofMillis(50)).until(() -> {
            assertThat(process.orElseThrow().isAlive()).as(this::log).isTrue();
            return isReady();
        });
        return this;
    }

    /** Starts, and waits until it has given up. */
    Ended startRefused() throws InterruptedException {
        launch();
        Process started = process.orElseThrow();
        if (!started.waitFor(START.toSeconds(), TimeUnit.SECONDS)) {
            kill();
            throw new AssertionError("still runs:\n" + log());
        }
        return new Ended(started.exitValue(), log());
    }

    /** How a process ended, with all that it printed. */
    record Ended(int exitCode, String printed) {}

    private void launch() {
        try {
            Path file = home.resolve("gateway.conf");
            Files.writeString(file, lab.configuration(domain, store, streamPort, apiPort) + further);
            ProcessBuilder builder = new ProcessBuilder(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "-Dlogback.configurationFile=" + logbackFile(),
                    Main.class.getName(),
                    "run",
                    "--config",
                    file.toString()));
            builder.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()));
            process = Optional.of(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // The test's own class path may come with a logback-test.xml of some module, which would win.
    private static String logbackFile() {
        return String.valueOf(Main.class.getResource("/logback.xml"));
    }

    private boolean isReady() {
        try {
            HttpRequest request = HttpRequest.newBuilder(api().resolve("/ready"))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    long pid() {
        return process.orElseThrow().pid();
    }

    boolean isAlive() {
        return process.filter(Process::isAlive).isPresent();
    }

    /** SIGKILL; waits until it is gone. */
    void kill() {
        process.ifPresent(running -> running.destroyForcibly().onExit().join());
        process = Optional.empty();
    }

    /** SIGTERM; waits until it has ended in order. */
    void stop() {
        process.ifPresent(running -> {
            running.destroy();
            running.onExit().orTimeout(60, TimeUnit.SECONDS).join();
        });
        process = Optional.empty();
    }

    /** SIGSTOP: as a machine that hangs, the connections stay open and nobody answers. */
    void freeze() {
        signal("STOP");
    }

    /** SIGCONT. */
    void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                            .start()
                            .waitFor())
                    .isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Everything that it printed, over all its lives. */
    String log() {
        try {
            return Files.exists(logFile()) ? Files.readString(logFile()) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path logFile() {
        return home.resolve("gateway.log");
    }
}
