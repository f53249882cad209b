package io.wavegate.cassandra.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One Cassandra in a JVM of its own, with its files in a temporary folder. It ends with this JVM, however this one ends.
 * Its class path is what the build of this module wrote down.
 */
final class CassandraNode {
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final long END_SECONDS = 30;

    private final NodePlan plan;
    private final Path folder;
    private Process process;

    private CassandraNode(NodePlan plan, Path folder) {
        this.plan = plan;
        this.folder = folder;
    }

    /** Lays its files out; it does not run yet. */
    static CassandraNode at(NodePlan plan) throws IOException {
        Path folder = Files.createTempDirectory("wavegate-cassandra");
        Files.writeString(folder.resolve("cassandra.yaml"), CassandraCommand.yaml(plan));
        Files.writeString(folder.resolve("logback.xml"), CassandraCommand.logging());
        return new CassandraNode(plan, folder);
    }

    NodePlan plan() {
        return plan;
    }

    boolean runs() {
        return process != null && process.isAlive();
    }

    /** Runs it, with what it stored before if it ran before. Returns at once. */
    void launch() throws IOException {
        // The shell waits for the end of its input, which comes when it is closed here or when this JVM dies.
        List<String> command = new ArrayList<>(
                List.of("/bin/sh", "-c", "\"$@\" & pid=$!; cat > /dev/null; kill -9 $pid; wait $pid", "sh"));
        command.addAll(CassandraCommand.java(plan, folder, classPath()));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
    }

    /** Waits until clients may come and it thinks that all the others are up. */
    void awaitReady(Collection<CassandraNode> others) throws IOException {
        Instant limit = Instant.now().plus(START_LIMIT);
        while (true) {
            String output = output();
            if (answers() && upLines(others).stream().allMatch(output::contains)) {
                return;
            }
            if (output.contains("Exception encountered during startup")
                    || !process.isAlive()
                    || Instant.now().isAfter(limit)) {
                throw new IllegalStateException("Cassandra did not start; it said: " + output);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(100);
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted while Cassandra starts", e);
            }
        }
    }

    /** SIGSTOP, SIGCONT or SIGTERM. */
    void signal(String signal) {
        jvms().forEach(java -> run("kill", "-" + signal, Long.toString(java.pid())));
    }

    /** The shell between is none. */
    private List<ProcessHandle> jvms() {
        return process.descendants()
                .filter(child -> child.info().command().orElse("").endsWith("java"))
                .toList();
    }

    /** SIGKILL. Its files stay. */
    void kill() {
        if (process == null) {
            return;
        }
        try {
            process.getOutputStream().close();
            process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** SIGTERM, and SIGKILL if that does not end it. Its files stay. */
    void stop() {
        List<ProcessHandle> ending = jvms();
        signal("TERM");
        for (ProcessHandle one : ending) {
            one.onExit().completeOnTimeout(one, END_SECONDS, TimeUnit.SECONDS).join();
        }
        kill();
    }

    /** Kills it and deletes its files. */
    void remove() throws IOException {
        kill();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** A port that is free on all of these hosts. */
    static int freePort(List<String> hosts) throws IOException {
        while (true) {
            int port;
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(hosts.get(0)))) {
                port = socket.getLocalPort();
            }
            if (hosts.stream().skip(1).allMatch(host -> isFree(host, port))) {
                return port;
            }
        }
    }

    private static boolean isFree(String host, int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(host))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private String output() throws IOException {
        Path file = folder.resolve("output");
        return Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
    }

    private static List<String> upLines(Collection<CassandraNode> others) {
        return others.stream().map(other -> other.plan.name() + " is now UP").toList();
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(plan.place().host(), plan.nativePort()), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void run(String... command) {
        try {
            new ProcessBuilder(command).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String classPath() throws IOException {
        try (InputStream in = CassandraNode.class.getResourceAsStream("cassandra.classpath")) {
            if (in == null) {
                throw new IllegalStateException("The build of cassandra-runtime has not written down its class path."
                        + " Run: mvn -pl persistence/cassandra-runtime compile");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
