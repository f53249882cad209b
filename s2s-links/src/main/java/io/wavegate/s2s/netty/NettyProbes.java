package io.wavegate.s2s.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.wavegate.s2s.check.ProbeFacts;
import io.wavegate.s2s.check.ProbeRecord;
import io.wavegate.s2s.check.ProbeTarget;
import io.wavegate.s2s.check.StreamProbes;
import io.wavegate.s2s.stream.AuthenticatedBy;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.InitiatingStream;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.wire.InitiatingMachine;
import io.wavegate.s2s.wire.StreamConnection;
import io.wavegate.s2s.wire.StreamEvents;
import io.wavegate.s2s.wire.StreamMachine;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Probes over the edge's own connections and state machines, so that what they see is what links would see. */
final class NettyProbes implements StreamProbes {
    private final Supplier<Bootstrap> bootstraps;
    private final BiFunction<DomainPair, Boolean, InitiatingStream> streams;
    private final BiFunction<InitiatingStream, ProbeStart, InitiatingMachine> machines;
    private final Handlers handlers;

    /** What a machine is made for. */
    record ProbeStart(DomainPair pair, boolean directTls) {}

    /** Makes the handler of a connection. */
    @FunctionalInterface
    interface Handlers {
        StreamHandler handler(Channel channel, StreamMachine machine, StreamEvents events, String remote);
    }

    /** @param streams makes the stream for a pair; true: under the real policy, false: under one that lets everything be seen */
    NettyProbes(
            Supplier<Bootstrap> bootstraps,
            BiFunction<DomainPair, Boolean, InitiatingStream> streams,
            BiFunction<InitiatingStream, ProbeStart, InitiatingMachine> machines,
            Handlers handlers) {
        this.bootstraps = bootstraps;
        this.streams = streams;
        this.machines = machines;
        this.handlers = handlers;
    }

    @Override
    public CompletionStage<ProbeFacts> look(DomainPair pair, ProbeTarget target) {
        return probe(pair, target, false);
    }

    @Override
    public CompletionStage<ProbeFacts> authenticate(DomainPair pair, ProbeTarget target) {
        return probe(pair, target, true);
    }

    private CompletionStage<ProbeFacts> probe(DomainPair pair, ProbeTarget target, boolean authenticate) {
        long begun = System.nanoTime();
        ProbeRecord record = new ProbeRecord(target, begun);
        CompletableFuture<ProbeFacts> facts = new CompletableFuture<>();
        InitiatingMachine machine =
                machines.apply(streams.apply(pair, authenticate), new ProbeStart(pair, target.directTls()));
        ProbeMachine probe = new ProbeMachine(machine, pair.remote(), record, authenticate);
        Watcher watcher = new Watcher(record, facts);
        bootstraps
                .get()
                .handler(new PipelineBuilder(channel -> handlers.handler(channel, probe, watcher, pair.remote())))
                .connect(new InetSocketAddress(target.address(), target.port()))
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        long millis = (System.nanoTime() - begun) / 1_000_000;
                        facts.complete(ProbeFacts.unconnected(target, millis, Causes.text(connected.cause())));
                    }
                });
        return facts;
    }

    private record Watcher(ProbeRecord record, CompletableFuture<ProbeFacts> facts) implements StreamEvents {
        @Override
        public void ready(StreamConnection stream, DomainPair pair, AuthenticatedBy method) {
            stream.close(ProbeMachine.ENOUGH);
        }

        @Override
        public void ended(StreamEnd end) {
            facts.complete(record.facts(end, System.nanoTime()));
        }
    }
}
