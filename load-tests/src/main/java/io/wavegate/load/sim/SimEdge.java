package io.wavegate.load.sim;

import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.OutgoingStream;
import io.wavegate.s2s.stream.S2sStreams;
import io.wavegate.s2s.stream.StanzaReceiver;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamEndedException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** The edge of a simulated node: opens streams over the simulated internet. */
final class SimEdge implements S2sStreams {
    private final SimNode node;
    private final Life life;
    private final Optional<S2sStreams> real;

    SimEdge(SimNode node, Life life, StanzaReceiver receiver) {
        this.node = node;
        this.life = life;
        real = node.domain()
                .run()
                .internet()
                .bytes()
                .filter(bytes -> node.isEdge())
                .map(bytes -> bytes.start(node, life, receiver));
    }

    @Override
    public CompletionStage<OutgoingStream> open(DomainPair pair) {
        CompletableFuture<OutgoingStream> opened = new CompletableFuture<>();
        World world = node.world();
        if (life.isOver() || world.muted()) {
            return opened;
        }
        if (real.isPresent() && !node.domain().run().internet().isStranger(pair.remote())) {
            return real.get().open(pair);
        }
        world.after(world.between(2_000, 60_000), node.slot(), () -> {
            if (life.isOver()) {
                return;
            }
            world.trace().line(world, () -> node.name() + " dials " + pair);
            SimInternet internet = node.domain().run().internet();
            internet.connect(node, pair)
                    .ifPresentOrElse(
                            opened::complete,
                            () -> opened.completeExceptionally(new StreamEndedException(new StreamEnd(
                                    StreamEnd.Reason.CONNECT_FAILED, "nobody answers at " + pair.remote()))));
        });
        return opened;
    }

    @Override
    public void forget(String domain) {
        real.ifPresent(streams -> streams.forget(domain));
    }

    @Override
    public void closeAccepted(Predicate<DomainPair> which) {
        real.ifPresent(streams -> streams.closeAccepted(which));
    }

    @Override
    public void stopAccepting() {
        real.ifPresent(S2sStreams::stopAccepting);
    }

    @Override
    public int accepted() {
        return real.map(S2sStreams::accepted).orElse(0);
    }

    @Override
    public void close() {}
}
