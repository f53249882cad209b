package io.wavegate.s2s.matrix;

import io.wavegate.s2s.lab.ComponentHosts;
import io.wavegate.s2s.lab.LabAuthorities;
import io.wavegate.s2s.lab.LabCertificate;
import io.wavegate.s2s.lab.LabComponent;
import io.wavegate.s2s.lab.PeerLab;
import io.wavegate.s2s.lab.PeerServer;
import io.wavegate.s2s.lab.ServerSetup;
import io.wavegate.s2s.matrix.Cell.Direction;
import io.wavegate.s2s.matrix.Outcome.Way;
import io.wavegate.s2s.stream.StreamEnd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.awaitility.Awaitility;

/**
 * Plays cells with real servers: one process for each set-up, in it a component for each certificate, policy of ours and
 * direction. What tells how a stream was authenticated is our own log.
 */
final class RealBench implements AutoCloseable {
    private static final int AT_ONCE = 24;
    /** Our own bound of verifications for one sender is 8, and beyond it we refuse. */
    private static final int AT_ONCE_FOR_A_DOMAIN = 4;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private final PeerLab lab;
    private final LabAuthorities authorities;
    private final MatrixGateway gateway;
    private final StreamLog log = new StreamLog();
    private final ExecutorService players = Executors.newFixedThreadPool(AT_ONCE);
    private final Map<String, LabComponent> components = new ConcurrentHashMap<>();
    private final Map<String, Semaphore> turns = new ConcurrentHashMap<>();
    private final Map<Cell, CompletableFuture<Outcome>> outcomes = new ConcurrentHashMap<>();

    RealBench(Path folder, List<Cell> cells) throws IOException {
        lab = new PeerLab(folder);
        authorities = LabAuthorities.below(lab.authority());
        Map<String, OurPolicy> policies = new LinkedHashMap<>();
        Map<PeerPolicy, Map<String, LabCertificate>> certificates = new LinkedHashMap<>();
        for (Cell cell : cells) {
            String remote = remote(cell);
            if (policies.put(remote, cell.ours()) == null) {
                certificates
                        .computeIfAbsent(cell.peer(), peer -> new LinkedHashMap<>())
                        .put(
                                remote,
                                cell.peerCertificate().make(authorities, remote).orElseThrow());
            }
        }
        gateway = new MatrixGateway(authorities, policies, lab.resolver());
        for (Cell cell : cells) {
            lab.publish(
                    MatrixGateway.domain(cell.ourCertificate()),
                    gateway.address().getPort());
        }
        CompletableFuture<?>[] starting = certificates.entrySet().stream()
                .map(entry -> CompletableFuture.runAsync(() -> start(entry.getKey(), entry.getValue()), players))
                .toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(starting).join();
        } catch (CompletionException oneDidNotStart) {
            close();
            throw oneDidNotStart;
        }
        // Cells of one remote domain differ in our certificate, so that this order has them far apart.
        cells.stream()
                .sorted(Comparator.comparing(Cell::ourCertificate))
                .forEach(cell -> outcomes.put(cell, CompletableFuture.supplyAsync(() -> play(cell), players)));
    }

    private void start(PeerPolicy peer, Map<String, LabCertificate> certificates) {
        ServerSetup.Tls tls =
                switch (peer.tls()) {
                    case REQUIRED -> ServerSetup.Tls.REQUIRED;
                    case OPTIONAL -> ServerSetup.Tls.OPTIONAL;
                    case NONE -> ServerSetup.Tls.OFF;
                };
        boolean demands = peer.proof() == Proof.CERTIFICATE;
        boolean external = peer.proof() != Proof.DIALBACK;
        ServerSetup setup = new ServerSetup(server(peer), tls, external, demands, peer.dialback(), certificates);
        try {
            PeerServer started =
                    peer.isProsody() ? ComponentHosts.prosody(lab, setup) : ComponentHosts.ejabberd(lab, setup);
            for (String domain : certificates.keySet()) {
                components.put(domain, LabComponent.connect(domain, started.componentPort(), LabComponent.SECRET));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String server(PeerPolicy peer) {
        return (peer.software() + "-" + peer.tls() + "-" + peer.proof() + "-" + peer.dialback())
                        .toLowerCase(Locale.ROOT)
                + ".example";
    }

    /** One domain serves the cells that differ in our certificate alone, which is a domain of ours for each. */
    private static String remote(Cell cell) {
        OurPolicy ours = cell.ours();
        return (cell.direction() + "-" + ours.tls() + "-" + ours.proof() + "-" + cell.peerCertificate())
                        .toLowerCase(Locale.ROOT)
                + "." + server(cell.peer());
    }

    /** What came of the cell. */
    Outcome outcome(Cell cell) {
        return outcomes.get(cell).join();
    }

    private Outcome play(Cell cell) {
        Semaphore turn = turns.computeIfAbsent(remote(cell), domain -> new Semaphore(AT_ONCE_FOR_A_DOMAIN));
        turn.acquireUninterruptibly();
        try {
            return cell.direction() == Direction.OUT ? sends(cell) : takes(cell);
        } finally {
            turn.release();
        }
    }

    private Outcome sends(Cell cell) {
        String local = MatrixGateway.domain(cell.ourCertificate());
        String remote = remote(cell);
        Optional<StreamEnd> failure = gateway.send(local, remote);
        if (failure.isPresent()) {
            return Outcome.refused(failure.get().label(), failure.get().text());
        }
        LabComponent component = components.get(remote);
        component.await("a stanza from " + local, stanza -> isFrom(stanza, local));
        return delivered(local, remote);
    }

    private Outcome takes(Cell cell) {
        String local = MatrixGateway.domain(cell.ourCertificate());
        String remote = remote(cell);
        LabComponent component = components.get(remote);
        try {
            component.send(
                    "<message id='" + local + "' from='" + remote + "' to='" + local + "'><body>in</body></message>");
        } catch (IOException e) {
            return Outcome.refused("the server closed the component", e.toString());
        }
        CompletableFuture<Void> arrived = gateway.arrived(remote, local);
        Awaitility.await(cell.toString())
                .atMost(PATIENCE)
                .until(() -> arrived.isDone() || bounce(component, local).isPresent());
        return arrived.isDone()
                ? delivered(remote, local)
                : Outcome.refused(
                        log.refusal(remote, local).orElse(""),
                        bounce(component, local).orElseThrow());
    }

    private Outcome delivered(String from, String to) {
        return log.of(from, to)
                .map(way -> Outcome.delivered(way, ""))
                .orElseGet(() -> new Outcome(Way.REFUSED, "delivered, but the log does not say how", ""));
    }

    private static Optional<String> bounce(LabComponent component, String local) {
        return component.arrived().stream()
                .filter(stanza -> isFrom(stanza, local)
                        && LabComponent.attribute(stanza, "type").equals(Optional.of("error")))
                .findFirst();
    }

    private static boolean isFrom(String stanza, String domain) {
        return LabComponent.attribute(stanza, "from").equals(Optional.of(domain));
    }

    @Override
    public void close() throws IOException {
        gateway.close();
        log.close();
        for (LabComponent component : components.values()) {
            component.close();
        }
        lab.close();
        players.shutdownNow();
    }
}
