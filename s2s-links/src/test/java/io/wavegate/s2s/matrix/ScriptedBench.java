package io.wavegate.s2s.matrix;

import io.wavegate.s2s.lab.LabAuthorities;
import io.wavegate.s2s.lab.LabCertificate;
import io.wavegate.s2s.matrix.Cell.Direction;
import io.wavegate.s2s.netty.LoopbackGateway.Network;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.OutgoingStream;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamEndedException;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.s2s.xml.Xmlns;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Plays cells with a scripted peer, which has a domain of its own in each. */
final class ScriptedBench implements AutoCloseable {
    private static final int AT_ONCE = 8;
    private final LabAuthorities authorities = LabAuthorities.below(LabCertificate.authority("Matrix authority"));
    private final Network network = new Network();
    private final ServerSocket listener = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
    private final ExecutorService connections = Executors.newCachedThreadPool(ScriptedBench::daemon);
    private final ExecutorService players = Executors.newFixedThreadPool(AT_ONCE, ScriptedBench::daemon);
    private final Map<Cell, String> remotes = new LinkedHashMap<>();
    private final Map<String, Play> plays = new ConcurrentHashMap<>();
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
            System.err.println(wrong.getMessage());
        }
    }

    /** What comes of the cell. */
    CompletableFuture<Outcome> play(Cell cell) {
        return CompletableFuture.supplyAsync(() -> outcome(cell), players);
    }

    private Outcome outcome(Cell cell) {
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
        DomainPair pair = new DomainPair(play.local(), play.remote());
        try {
            OutgoingStream stream =
                    gateway.streams().open(pair).toCompletableFuture().join();
            XmlElement message = XmlElement.builder(Xmlns.SERVER, "message")
                    .attribute("from", play.local())
                    .attribute("to", play.remote())
                    .child(XmlElement.builder(Xmlns.SERVER, "body").text("out").build())
                    .build();
            stream.send(List.of(message));
            Outcome.Way way = play.arrived().orTimeout(20, TimeUnit.SECONDS).join();
            stream.close();
            return Outcome.delivered(way, "");
        } catch (CompletionException e) {
            StreamEnd end = ((StreamEndedException) e.getCause()).end();
            return Outcome.refused(end.label(), end.text());
        }
    }

    private Outcome takes(Play play) throws IOException {
        Outcome outcome = ScriptedInitiator.sendsStanza(play, gateway.address());
        CompletableFuture<Void> arrived = gateway.arrivedFrom(play.remote());
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
