package io.wavegate.load.chaos.lab;

import io.wavegate.node.Main;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** {@code wavegate run --config FILE} in a process with its own log, over any number of lives. */
public final class NodeProcess {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration ASK_AGAIN = Duration.ofMillis(50);

    private final List<String> launcher;
    private final Path configuration;
    private final Path log;
    private final URI api;
    private Optional<Process> process = Optional.empty();

    /**
     * @param launcher what comes before the command line; see {@link io.wavegate.load.chaos.net.LabHost#launcher()}
     * @param configuration the file that {@code --config} names
     * @param log gets all that it prints, over all its lives
     * @param api where its client API will be
     */
    public NodeProcess(List<String> launcher, Path configuration, Path log, URI api) {
        this.launcher = List.copyOf(launcher);
        this.configuration = configuration;
        this.log = log;
        this.api = api;
    }

    public URI api() {
        return api;
    }

    /** Starts it; returns at once. */
    public synchronized void launch() throws IOException {
        List<String> command = new ArrayList<>(launcher);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                // The class path of a test may come with a logback-test.xml of some module, which would win.
                "-Dlogback.configurationFile=" + Main.class.getResource("/logback.xml"),
                Main.class.getName(),
                "run",
                "--config",
                configuration.toString()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        process = Optional.of(builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start());
    }

    /**
     * Waits until it takes requests.
     *
     * @return false if it has ended
     * @throws IOException if it takes longer
     */
    public boolean awaitReady(Duration atMost) throws IOException {
        long end = System.nanoTime() + atMost.toNanos();
        while (!isReady()) {
            if (!isAlive()) {
                return false;
            }
            if (System.nanoTime() > end) {
                throw new IOException("not ready after " + atMost + "; its log says why: " + log);
            }
            LockSupport.parkNanos(ASK_AGAIN.toNanos());
        }
        return true;
    }

    /** Whether it says that it takes requests. */
    public boolean isReady() {
        try {
            HttpRequest request = HttpRequest.newBuilder(api.resolve("/ready"))
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

    /** The process of this life. */
    public synchronized Optional<Process> process() {
        return process;
    }

    public boolean isAlive() {
        return process().filter(Process::isAlive).isPresent();
    }

    /** SIGKILL; waits until it is gone. */
    public void kill() {
        process().ifPresent(running -> running.destroyForcibly().onExit().join());
    }

    /**
     * SIGTERM; waits until it has ended in order.
     *
     * @throws IOException if it has not ended after this time; it is killed then
     */
    public void stop(Duration atMost) throws IOException {
        Optional<Process> running = process();
        if (running.isEmpty()) {
            return;
        }
        running.get().destroy();
        try {
            running.get().onExit().get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            kill();
            throw new IOException("it did not end in " + atMost + " after SIGTERM; its log: " + log, e);
        } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
            throw new IOException("interrupted while it ends", e);
        }
    }

    /** SIGSTOP: as a machine that hangs, the connections stay open and nobody answers. */
    public void freeze() throws IOException {
        signal("STOP");
    }

    /** SIGCONT. */
    public void thaw() throws IOException {
        signal("CONT");
    }

    private void signal(String name) throws IOException {
        Process running = process().orElseThrow(() -> new IOException("it does not run"));
        io.wavegate.load.chaos.net.Command.run("kill", "-" + name, Long.toString(running.pid()));
    }

    /** Where it prints to. */
    public Path logFile() {
        return log;
    }

    /** Everything that it printed, over all its lives. */
    public String log() throws IOException {
        return Files.exists(log) ? Files.readString(log) : "";
    }
}
