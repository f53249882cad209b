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
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A real Cassandra of one node in a JVM of its own, on a free port of the loopback, with its files in a temporary folder.
 * It ends with this JVM, however this one ends. Its class path is what the build of this module wrote down.
 */
public final class CassandraProcess implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final String HOST = "127.0.0.1";

    private static CassandraProcess shared;

    private final Path folder;
    private final int port;
    private final Process process;

    private CassandraProcess(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /** The one of this JVM, started when first asked for and stopped at the end. */
    public static synchronized CassandraProcess shared() {
        if (shared == null) {
            shared = start();
            Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
        }
        return shared;
    }

    /** Starts one more, and returns when it answers on its port: about ten seconds. */
    public static CassandraProcess start() {
        try {
            Path folder = Files.createTempDirectory("wavegate-cassandra");
            int port = freePort();
            Files.writeString(folder.resolve("cassandra.yaml"), CassandraCommand.yaml(HOST, port, freePort()));
            // The shell waits for the end of its input, which comes when it is closed here or when this JVM dies.
            List<String> command = new ArrayList<>(
                    List.of("/bin/sh", "-c", "\"$@\" & pid=$!; cat > /dev/null; kill -9 $pid; wait $pid", "sh"));
            command.addAll(CassandraCommand.java(folder, classPath()));
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("output").toFile())
                    .start();
            CassandraProcess cassandra = new CassandraProcess(folder, port, process);
            cassandra.awaitAnswer();
            return cassandra;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code host:port} of its CQL port. */
    public String contactPoint() {
        return HOST + ":" + port;
    }

    /** What a configuration needs to use it: HOCON, to come before the defaults. Tables are created if missing. */
    public String storeConfiguration(String keyspace) {
        return """
                wavegate.store {
                  kind = cassandra
                  cassandra {
                    contact-points = ["%s"]
                    local-datacenter = datacenter1
                    keyspace = "%s"
                    create-schema = on
                    replication = "{'class': 'SimpleStrategy', 'replication_factor': 1}"
                  }
                }
                """
                .formatted(contactPoint(), keyspace);
    }

    /** Stops it in its tracks (SIGSTOP), or lets it go on. */
    public void pause(boolean paused) {
        process.toHandle()
                .children()
                .filter(child -> child.info().command().orElse("").endsWith("java"))
                .forEach(java -> signal(paused ? "-STOP" : "-CONT", java.pid()));
    }

    private static void signal(String signal, long pid) {
        try {
            new ProcessBuilder("kill", signal, Long.toString(pid)).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Kills it and deletes its files. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            process.waitFor();
            deleteFolder();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitAnswer() throws IOException {
        Instant limit = Instant.now().plus(START_LIMIT);
        while (!answers()) {
            boolean ended = Files.exists(folder.resolve("output"))
                    && Files.readString(folder.resolve("output")).contains("Exception encountered during startup");
            if (ended || !process.isAlive() || Instant.now().isAfter(limit)) {
                String output = Files.readString(folder.resolve("output"));
                close();
                throw new IllegalStateException("Cassandra did not start; it said: " + output);
            }
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted while Cassandra starts", e);
            }
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(HOST, port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void deleteFolder() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static String classPath() throws IOException {
        try (InputStream in = CassandraProcess.class.getResourceAsStream("cassandra.classpath")) {
            if (in == null) {
                throw new IllegalStateException("The build of cassandra-runtime has not written down its class path."
                        + " Run: mvn -pl persistence/cassandra-runtime compile");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            return socket.getLocalPort();
        }
    }
}
