package io.wavegate.load.chaos.lab;

import io.wavegate.load.chaos.net.LabHost;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/** One node of a cluster: a host, its roles, its process. */
public final class LabNode {
    /** All hosts have addresses of their own, so all use the same ports; above those that the system gives to clients. */
    static final int STREAM_PORT = 15_269;

    static final int API_PORT = 19_898;
    static final int CLUSTER_PORT = 17_355;

    private static final Duration START = Duration.ofSeconds(180);
    private static final Duration STOP = Duration.ofSeconds(90);

    private final LabHost host;
    private final Set<String> roles;
    private final Path home;
    private final NodeProcess process;

    LabNode(LabHost host, Set<String> roles, Path home) throws IOException {
        this.host = host;
        this.roles = Set.copyOf(roles);
        this.home = Files.createDirectories(home);
        this.process = new NodeProcess(
                host.launcher(),
                configuration(),
                home.resolve("gateway.log"),
                URI.create("http://" + host.address() + ":" + API_PORT));
    }

    Path configuration() {
        return home.resolve("gateway.conf");
    }

    public String name() {
        return host.name();
    }

    public LabHost host() {
        return host;
    }

    public Set<String> roles() {
        return roles;
    }

    /** Whether it owns sockets. */
    public boolean isEdge() {
        return roles.contains("edge");
    }

    /** Whether it runs entities. */
    public boolean isShard() {
        return roles.contains("shard");
    }

    public NodeProcess process() {
        return process;
    }

    public URI api() {
        return process.api();
    }

    /** Starts it and waits until it takes requests. */
    public void start() throws IOException {
        process.launch();
        process.awaitReady(START);
    }

    /** Lets it end in order. */
    public void stop() throws IOException {
        process.stop(STOP);
    }

    @Override
    public String toString() {
        return host.name() + " " + roles + " at " + host.address();
    }
}
