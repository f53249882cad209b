package io.wavegate.load.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.load.chaos.lab.NodeProcess;
import io.wavegate.node.client.WavegateClient;
import io.wavegate.wavelet.model.ParticipantId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A gateway as an operator runs it: {@code wavegate run --config FILE} in a process with its own store folder and log. */
final class GatewayProcess {
    private static final Duration START = Duration.ofSeconds(60);

    private final Lab lab;
    private final Path home;
    private final String domain;
    private final int streamPort = FreePorts.next();
    private final int apiPort = FreePorts.next();
    private Path store;
    private String further = "";
    private final NodeProcess process;

    GatewayProcess(Lab lab, Path home, String domain) {
        this.lab = lab;
        this.home = home;
        this.domain = domain;
        this.store = home.resolve("store");
        this.process = new NodeProcess(List.of(), configuration(), home.resolve("gateway.log"), api());
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
        try {
            assertThat(process.awaitReady(START)).as(this::log).isTrue();
        } catch (IOException e) {
            throw new AssertionError(log(), e);
        }
        return this;
    }

    /** Starts, and waits until it has given up. */
    Ended startRefused() throws InterruptedException {
        launch();
        return new Ended(awaitEnd(), log());
    }

    /** Waits until it has ended by itself, and tells its exit code. */
    int awaitEnd() throws InterruptedException {
        Process started = process.process().orElseThrow();
        if (!started.waitFor(START.toSeconds(), TimeUnit.SECONDS)) {
            kill();
            throw new AssertionError("still runs:\n" + log());
        }
        return started.exitValue();
    }

    /** How a process ended, with all that it printed. */
    record Ended(int exitCode, String printed) {}

    private void launch() {
        try {
            Files.writeString(configuration(), lab.configuration(domain, store, streamPort, apiPort) + further);
            process.launch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path configuration() {
        return home.resolve("gateway.conf");
    }

    long pid() {
        return process.process().orElseThrow().pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL; waits until it is gone. */
    void kill() {
        process.kill();
    }

    /** SIGTERM; waits until it has ended in order. */
    void stop() throws IOException {
        process.stop(START);
    }

    /** SIGSTOP: as a machine that hangs, the connections stay open and nobody answers. */
    void freeze() throws IOException {
        process.freeze();
    }

    /** SIGCONT. */
    void thaw() throws IOException {
        process.thaw();
    }

    /** Everything that it printed, over all its lives. */
    String log() {
        try {
            return process.log();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
