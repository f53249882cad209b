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
    private static final int ATTEMPTS = 5;
    private static final Duration STOP = Duration.ofSeconds(90);

    private final LabHost host;
    private final Set<String> roles;
    private final Path home;
    private final NodeProcess process;
    private volatile boolean wanted;
    private int endedByItself;

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

    /**
     * Starts it and waits until it takes requests. Should it end meanwhile, as a node does that the others have given up, it is
     * started again, as a service manager would.
     */
    public void start() throws IOException {
        launch();
        awaitStarted();
    }

    /** Waits until it takes requests, as {@link #start} does. */
    void awaitStarted() throws IOException {
        for (int attempt = 1; !process.awaitReady(START); attempt++) {
            if (attempt == ATTEMPTS) {
                throw new IOException(name() + " ends again and again; its log says why: " + process.logFile());
            }
            supervise();
        }
    }

    /** Starts it and returns at once. */
    public synchronized void launch() throws IOException {
        wanted = true;
        process.launch();
    }

    /** Starts it again if it has ended by itself. */
    public synchronized void supervise() throws IOException {
        if (wanted && !process.isAlive()) {
            endedByItself++;
            process.launch();
        }
    }

    /** How often it has ended by itself so far. */
    public synchronized int endedByItself() {
        return endedByItself;
    }

    /** Lets it end in order. */
    public void stop() throws IOException {
        wanted = false;
        process.stop(STOP);
    }

    /** SIGKILL. */
    public void kill() {
        wanted = false;
        process.kill();
    }

    @Override
    public String toString() {
        return host.name() + " " + roles + " at " + host.address();
    }
}
