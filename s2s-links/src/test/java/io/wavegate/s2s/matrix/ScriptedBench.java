package io.wavegate.s2s.matrix;

import io.wavegate.s2s.lab.LabAuthorities;
import io.wavegate.s2s.lab.LabCertificate;
import io.wavegate.s2s.matrix.Cell.Direction;
import io.wavegate.s2s.netty.LoopbackGateway.Network;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plays cells with a scripted peer, which has a domain of its own in each. */
final class ScriptedBench implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ScriptedBench.class);
    private static final int AT_ONCE = 32;
    private final LabAuthorities authorities = LabAuthorities.below(LabCertificate.authority("Matrix authority"));
    private final Network network = new Network();
    private final ServerSocket listener = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
    private final ExecutorService connections = Executors.newCachedThreadPool(ScriptedBench::daemon);
    private final ExecutorService players = Executors.newFixedThreadPool(AT_ONCE, ScriptedBench::daemon);
    private final Map<Cell, String> remotes = new LinkedHashMap<>();
    private final Map<String, Play> plays = new ConcurrentHashMap<>();
    private final Map<Cell, CompletableFuture<Outcome>> outcomes = new ConcurrentHashMap<>();
    private final MatrixGateway gateway;

    ScriptedBench(List<Cell> cells) throws IOException {
        Map<String, OurPolicy> policies = new LinkedHashMap<>();
        InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.getLocalPort());
        for (Cell cell : cells) {
            String remote = "cell" + remotes.size() + ".peer.example";
            remotes.put(cell, remote);
            policies.put(remote, cell.ours());
            network.put(remote, here);
        }
        gateway = new MatrixGateway(authorities, policies, network.resolver());
        connections.execute(this::accept);
        cells.forEach(cell -> outcomes.put(cell, CompletableFuture.supplyAsync(() -> play(cell), players)));
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "scripted-peer");
        thread.setDaemon(true);
        return thread;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                connections.execute(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (Wire wire = new Wire(socket)) {
            ScriptedReceiver.serves(plays, gateway.address(), wire);
        } catch (IOException theOtherSideWent) {
            return;
        } catch (IllegalStateException wrong) {
            LOG.error("a scripted peer sees what must not be: {}", wrong.getMessage());
        }
    }

    /** What came of the cell. */
    Outcome outcome(Cell cell) {
        return outcomes.get(cell).join();
    }

    private Outcome play(Cell cell) {
        String remote = remotes.get(cell);
        Play play = Play.of(
                cell,
                MatrixGateway.domain(cell.ourCertificate()),
                remote,
                gateway.certificate(cell.ourCertificate()),
                cell.peerCertificate().make(authorities, remote));
        plays.put(remote, play);
        try {
            return cell.direction() == Direction.OUT ? sends(play) : takes(play);
        } catch (IOException e) {
            return Outcome.refused("broken script: " + e, "");
        } finally {
            plays.remove(remote);
        }
    }

    private Outcome sends(Play play) {
        return gateway.send(play.local(), play.remote())
                .map(end -> Outcome.refused(end.label(), end.text()))
                .orElseGet(() -> Outcome.delivered(
                        play.arrived().orTimeout(20, TimeUnit.SECONDS).join(), ""));
    }

    private Outcome takes(Play play) throws IOException {
        Outcome outcome = ScriptedInitiator.sendsStanza(play, gateway.address());
        CompletableFuture<Void> arrived = gateway.arrived(play.remote(), play.local());
        if (outcome.isDelivered()) {
            arrived.orTimeout(20, TimeUnit.SECONDS).join();
        } else if (arrived.isDone()) {
            throw new AssertionError("a stanza got in although " + outcome);
        }
        return outcome;
    }

    @Override
    public void close() throws IOException {
        gateway.close();
        listener.close();
        players.shutdownNow();
        connections.shutdownNow();
    }
}
