package io.wavegate.load.chaos.lab;

import io.wavegate.load.Inputs;
import io.wavegate.load.chaos.net.Command;
import io.wavegate.load.chaos.net.LabHost;
import io.wavegate.load.chaos.net.LabNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A server of another make, run by the scripts of the peer lab ({@code ../shared/peers}) on a host of its own. */
public final class PeerServer implements AutoCloseable {
    private static final int STREAM_PORT = 5269;
    private static final int COMPONENT_PORT = 5347;
    private static final String SECRET = "s3cr3t";

    private final Kind kind;
    private final LabHost host;
    private final Path scripts;
    private final Path work;
    private final String net;

    /** Which make. */
    public enum Kind {
        PROSODY("prosody", "prosody", "alpha"),
        EJABBERD("ejabberd", "ejabberdctl", "beta");

        private final String script;
        private final String program;
        private final String instance;

        Kind(String script, String program, String instance) {
            this.script = script;
            this.program = program;
            this.instance = instance;
        }

        /** Whether this machine has it, and the scripts. */
        boolean isInstalled() {
            String path = System.getenv().getOrDefault("PATH", "");
            boolean there = Stream.of(path.split(":", -1))
                    .anyMatch(place -> Files.isExecutable(Path.of(place).resolve(program)));
            return there && Files.isExecutable(Inputs.shared().resolve("peers/" + script + ".sh"));
        }
    }

    private PeerServer(Kind kind, LabHost host, Path work) {
        this.net = host.address().substring(0, host.address().lastIndexOf('.'));
        this.kind = kind;
        this.host = host;
        this.scripts = Inputs.shared().resolve("peers");
        this.work = work;
    }

    static PeerServer start(Kind kind, LabNetwork network, LabKeys keys, LabDns dns, Path folder) throws IOException {
        LabHost host = network.host(kind.script);
        PeerServer server = new PeerServer(kind, host, Files.createDirectories(folder.resolve(kind.script)));
        server.run("ca.sh", "init");
        // The server trusts its own authority, and ours.
        Files.write(server.anchor(), Files.readAllBytes(keys.authority().anchor()), StandardOpenOption.APPEND);
        dns.publish(server.domain(), List.of(new LabDns.Server(kind.instance, host.address(), STREAM_PORT)));
        server.up();
        return server;
    }

    private void up() throws IOException {
        run(kind.script + ".sh", "start", kind.instance, "--addr", host.address(), "--auth", "external");
    }

    /** Ends it in order and starts it again. */
    public void restart() throws IOException {
        run(kind.script + ".sh", "stop", kind.instance);
        up();
    }

    private String run(String script, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(host.launcher());
        command.addAll(List.of(scripts.resolve(script).toString(), "-w", work.toString()));
        command.addAll(List.of(arguments));
        Path output = work.resolve("script.log");
        return Command.run(Map.of("PEERS_NET", net, "PEERS_SECRET", SECRET), command, output);
    }

    /** What it vouches with. */
    Path anchor() {
        return work.resolve("ca/ca.crt");
    }

    /** For a table. */
    public String name() {
        return kind == Kind.PROSODY ? "Prosody" : "ejabberd";
    }

    /** The domain that it serves. */
    public String domain() {
        return kind.instance + ".example";
    }

    /** A component that may connect to it. */
    public String component() {
        return "wave." + domain();
    }

    /** Where it connects. */
    public java.net.InetSocketAddress componentAddress() {
        return new java.net.InetSocketAddress(host.address(), COMPONENT_PORT);
    }

    /** What component and server share. */
    public String secret() {
        return SECRET;
    }

    /** Its connections with these nodes. */
    public Set<TcpTable.Connection> streams(List<LabNode> nodes) throws IOException {
        long pid = Long.parseLong(run(kind.script + ".sh", "pid", kind.instance).strip());
        return TcpTable.streams(pid, STREAM_PORT, nodes);
    }

    @Override
    public void close() throws IOException {
        run(kind.script + ".sh", "stop", kind.instance);
    }
}
