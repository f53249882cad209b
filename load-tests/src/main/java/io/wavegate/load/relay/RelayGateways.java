package io.wavegate.load.relay;

import io.wavegate.load.Inputs;
import io.wavegate.node.config.FindingException;
import io.wavegate.node.devca.DevelopmentCa;
import io.wavegate.node.token.TokenAlgorithm;
import io.wavegate.node.token.TokenKeyFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Two Wavegates, each {@code wavegate run} in a process of its own. The second one serves many further components. */
public final class RelayGateways implements RelayServers {
    private static final String SECRET = "relay";
    private static final String READY = "Ready.";
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration ASK_AGAIN = Duration.ofMillis(100);
    private static final List<String> DOMAINS = List.of("one.example", "two.example");

    /** No limit of theirs is in the way of a load. */
    public static final String UNLIMITED =
            """
            streams.limits {
              connections = 100000, connections-per-address = 100000, connections-per-domain = 100000
              attempts-per-minute = 100000, attempts-per-minute-per-address = 100000
              attempts-per-minute-per-domain = 100000
              bytes-per-second-before-authentication-per-address = 32 MiB
            }
            """;

    private final List<Integer> streamPorts = List.of(freePort(), freePort());
    private final List<Integer> componentPorts = new ArrayList<>();
    private final List<Process> processes = new CopyOnWriteArrayList<>();

    private RelayGateways() throws IOException {}

    /**
     * Starts them and waits until they are ready.
     *
     * @param folder for configuration, stores and logs
     * @param further components of the second one, {@code v1.two.example} to {@code vN.two.example}, none of them connected
     */
    public static RelayGateways start(Path folder, int further) throws IOException, FindingException {
        return start(folder, further, UNLIMITED);
    }

    /**
     * The same with these limits.
     *
     * @param limits settings under {@code wavegate.s2s}
     */
    public static RelayGateways start(Path folder, int further, String limits) throws IOException, FindingException {
        RelayGateways gateways = new RelayGateways();
        // Also where the report is stopped before they are ready.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> gateways.processes.forEach(Process::destroy)));
        DevelopmentCa authority = DevelopmentCa.in(folder.resolve("ca"), Clock.systemUTC());
        Path tokens = folder.resolve("tokens.pem");
        TokenKeyFiles.make(TokenAlgorithm.EDDSA, tokens);
        List<Integer> streamPorts = gateways.streamPorts;
        for (int i = 0; i < 2; i++) {
            int componentPort = freePort();
            gateways.componentPorts.add(componentPort);
            Path home = Files.createDirectories(folder.resolve(DOMAINS.get(i)));
            DevelopmentCa.CertificateAndKey files = authority.issue(DOMAINS.get(i));
            String text =
                    """
                    wavegate {
                      domains = [{ name = "%1$s", certificate = "%2$s", key = "%3$s" }]
                      http.port = 0
                      tokens.key = "%4$s"
                      store.embedded.folder = "%5$s"
                      s2s {
                        listen = ["127.0.0.1:%6$d"]
                        %11$s
                        links.idle-timeout = 1h
                        tls { system-anchors = false, trust-anchors = ["%7$s"] }
                        resolve.pins { %8$s }
                        components { listen = ["127.0.0.1:%9$d"], accept { %10$s } }
                      }
                    }
                    """
                            .formatted(
                                    DOMAINS.get(i),
                                    files.certificate(),
                                    files.key(),
                                    tokens,
                                    home.resolve("store"),
                                    streamPorts.get(i),
                                    authority.anchor(),
                                    pins(names(DOMAINS.get(1 - i), i == 0 ? further : 0), streamPorts.get(1 - i)),
                                    componentPort,
                                    accept(names(DOMAINS.get(i), i == 0 ? 0 : further)),
                                    limits);
            Path configuration = Files.writeString(home.resolve("gateway.conf"), text);
            gateways.processes.add(run(configuration, home.resolve("gateway.log")));
        }
        for (int i = 0; i < 2; i++) {
            gateways.awaitReady(i, folder.resolve(DOMAINS.get(i)).resolve("gateway.log"));
        }
        return gateways;
    }

    private void awaitReady(int which, Path log) throws IOException {
        long end = System.nanoTime() + START.toNanos();
        while (!Files.readString(log).contains(READY)) {
            if (!processes.get(which).isAlive() || System.nanoTime() > end) {
                close();
                throw new IOException(
                        "the gateway of " + DOMAINS.get(which) + " did not start; its log says why: " + log);
            }
            LockSupport.parkNanos(ASK_AGAIN.toNanos());
        }
    }

    private static List<String> names(String domain, int further) {
        List<String> names = new ArrayList<>(List.of("c." + domain));
        IntStream.rangeClosed(1, further).forEach(i -> names.add("v" + i + "." + domain));
        return names;
    }

    private static String pins(List<String> names, int port) {
        return names.stream()
                .map(name -> "\"" + name + "\" = [\"127.0.0.1:" + port + "\"]")
                .collect(Collectors.joining("\n"));
    }

    private static String accept(List<String> names) {
        return names.stream()
                .map(name -> "\"" + name + "\" { secret = " + SECRET + " }")
                .collect(Collectors.joining("\n"));
    }

    private static Process run(Path configuration, Path log) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // As the start script does; what the property says comes after it and wins.
        command.add("@" + Inputs.projectTop().resolve("gateway-node/jvm.options"));
        String options = System.getProperty("wavegate.relay.java", "-Xmx512m");
        command.addAll(List.of(options.trim().split(" +", -1)));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.wavegate.node.Main", "run"));
        command.addAll(List.of("--config", configuration.toString()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putIfAbsent("MALLOC_ARENA_MAX", "2");
        return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public String name() {
        return "Wavegate";
    }

    @Override
    public long pid(int which) {
        return processes.get(which).pid();
    }

    @Override
    public String component(int which) {
        return "c." + DOMAINS.get(which);
    }

    @Override
    public InetSocketAddress componentAddress(int which) {
        return new InetSocketAddress("127.0.0.1", componentPorts.get(which));
    }

    /** The domain of the first or second one. */
    public String domain(int which) {
        return DOMAINS.get(which);
    }

    /** Where other domains connect to the first or second one. */
    public InetSocketAddress streamAddress(int which) {
        return new InetSocketAddress("127.0.0.1", streamPorts.get(which));
    }

    @Override
    public String secret() {
        return SECRET;
    }

    private void tidy(int which) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        for (int i = 0; i < 3; i++) {
            new ProcessBuilder(jcmd.toString(), String.valueOf(pid(which)), "GC.run")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        }
    }

    @Override
    public long warmUpStanzas() {
        return 2_000_000;
    }

    @Override
    public String manyDomains(int count) {
        return DOMAINS.get(1);
    }

    /** By the JVM's own account. */
    @Override
    public OptionalLong liveHeap(int which) throws IOException, InterruptedException {
        tidy(which);
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process process = new ProcessBuilder(jcmd.toString(), String.valueOf(pid(which)), "GC.heap_info")
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        long kilobytes = 0;
        // One line per generation or for the whole heap, and metaspace apart: "... used 12345K".
        for (String line : text.split("\n", -1)) {
            int at = line.indexOf("used ");
            boolean heap = line.contains("heap") || line.contains("generation");
            if (at >= 0 && heap) {
                kilobytes += Long.parseLong(line.substring(at + 5, line.indexOf('K', at)));
            }
        }
        return OptionalLong.of(kilobytes * 1024);
    }

    @Override
    public void close() {
        processes.forEach(Process::destroy);
        for (Process process : processes) {
            process.onExit().orTimeout(20, TimeUnit.SECONDS).exceptionally(late -> {
                process.destroyForcibly();
                return process;
            });
        }
    }
}
