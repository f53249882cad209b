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

/** A server's process: started, waited for until it answers, stopped for certain; the same again after it was killed. */
final class ServerProcess implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(3);
    private static final int SHOWN = 6_000;
    private final ProcessBuilder builder;
    private final List<Integer> ports;
    private final List<Path> logs;
    private Process process;

    private ServerProcess(ProcessBuilder builder, List<Integer> ports, List<Path> logs) throws IOException {
        this.builder = builder;
        this.ports = ports;
        this.logs = logs;
        this.process = builder.start();
    }

    /** @param ports all on which it is to listen, that for streams first: a busy server opens them one after the other */
    static ServerProcess start(
            Path folder, List<String> command, Map<String, String> environment, List<Integer> ports, List<Path> logs)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(logs.get(0).toFile()));
        builder.redirectInput(Path.of("/dev/null").toFile());
        ServerProcess server = new ServerProcess(builder, ports, logs);
        server.awaitAnswer();
        return server;
    }

    private void awaitAnswer() throws IOException {
        String name = builder.command().get(0);
        try {
            Awaitility.await(name + " answers on ports " + ports)
                    .atMost(START)
                    .failFast(name + " has ended", () -> !process.isAlive())
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> answers(ports.get(0)) && ports.stream().allMatch(ServerProcess::accepts));
        } catch (RuntimeException e) {
            String log = log();
            close();
            throw new IOException("no start: " + e.getMessage() + "\n" + log, e);
        }
    }

    /** SIGKILL to it and all that it started; returns when it is gone. */
    void kill() {
        List<ProcessHandle> all = all();
        all.forEach(ProcessHandle::destroyForcibly);
        process.onExit().join();
    }

    /** The same once more, in the same folder and on the same ports. */
    void startAgain() throws IOException {
        process = builder.start();
        awaitAnswer();
    }

    private List<ProcessHandle> all() {
        return Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
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

    private static boolean accepts(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
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
        List<ProcessHandle> all = all();
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
