package io.wavegate.s2s.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A server's process: started, waited for until it answers, stopped for certain. */
final class ServerProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final int SHOWN = 6_000;
    private final Process process;
    private final List<Path> logs;

    private ServerProcess(Process process, List<Path> logs) {
        this.process = process;
        this.logs = logs;
    }

    static ServerProcess start(
            Path folder, List<String> command, Map<String, String> environment, int port, List<Path> logs)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true).redirectOutput(logs.get(0).toFile());
        builder.redirectInput(Path.of("/dev/null").toFile());
        ServerProcess server = new ServerProcess(builder.start(), logs);
        try {
            Awaitility.await(command.get(0) + " answers on port " + port)
                    .atMost(START)
                    .failFast(command.get(0) + " has ended", () -> !server.process.isAlive())
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> answers(port));
            return server;
        } catch (RuntimeException e) {
            String log = server.log();
            server.close();
            throw new IOException("no start: " + e.getMessage() + "\n" + log, e);
        }
    }

    /** It accepts and reads: to what is no stream header both servers say something. */
    private static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            socket.setSoTimeout(1000);
            socket.getOutputStream().write("<x/>".getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read() >= 0;
        } catch (IOException notYet) {
            return false;
        }
    }

    String log() {
        StringBuilder text = new StringBuilder();
        for (Path file : logs) {
            try {
                String all = Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
                text.append("--- ").append(file.getFileName()).append('\n');
                text.append(all, Math.max(0, all.length() - SHOWN), all.length());
            } catch (IOException e) {
                text.append(e);
            }
        }
        return text.toString();
    }

    @Override
    public void close() {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        all.forEach(ProcessHandle::destroyForcibly);
    }
}
