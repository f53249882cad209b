package io.wavegate.load.sim.stream;

import io.wavegate.s2s.dns.CachingDnsClient;
import io.wavegate.s2s.jid.Domain;
import io.wavegate.s2s.resolve.AnswerCache;
import io.wavegate.s2s.resolve.DeadTargets;
import io.wavegate.s2s.resolve.Dial;
import io.wavegate.s2s.resolve.DialTimes;
import io.wavegate.s2s.resolve.DnsAnswer;
import io.wavegate.s2s.resolve.DnsClient;
import io.wavegate.s2s.resolve.DnsQuestion;
import io.wavegate.s2s.resolve.ResolveSettings;
import io.wavegate.s2s.resolve.Resolver;
import io.wavegate.s2s.resolve.Target;
import java.time.Clock;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The product's resolution, cache and memory of dead targets, asking simulated DNS. */
final class SimResolver implements Resolver {
    private final ResolveSettings settings;
    private final Loop loop;
    private final Clock clock;
    private final ByteNetwork network;
    private final SimZones zones;
    private final CachingDnsClient client;
    private final DeadTargets dead;
    private final boolean neverAgain;
    private final Set<String> given = new HashSet<>();

    SimResolver(
            ResolveSettings settings, Loop loop, Clock clock, ByteNetwork network, SimZones zones, boolean neverAgain) {
        this.settings = settings;
        this.loop = loop;
        this.clock = clock;
        this.network = network;
        this.zones = zones;
        this.neverAgain = neverAgain;
        DnsClient servers = this::askServers;
        client = new CachingDnsClient(servers, new AnswerCache(settings), clock);
        dead = new DeadTargets(settings);
    }

    @Override
    public Dial dial(String domain, DialTimes times) {
        return Dial.to(
                domain,
                settings,
                times,
                total -> loop.chance(total + 1),
                target -> dead.contains(target, clock.instant()));
    }

    @Override
    public void tried(Target target, boolean reached) {
        dead.tried(target, reached, clock.instant());
        if (neverAgain && !reached) {
            given.add(target.host());
        }
    }

    @Override
    public CompletionStage<DnsAnswer> ask(DnsQuestion question) {
        return given.contains(question.name())
                ? CompletableFuture.completedFuture(new DnsAnswer.None(true, Optional.empty()))
                : client.ask(question);
    }

    @Override
    public int flush(Optional<Domain> domain) {
        dead.clear();
        return client.flush(domain);
    }

    private CompletionStage<DnsAnswer> askServers(DnsQuestion question) {
        CompletableFuture<DnsAnswer> answer = new CompletableFuture<>();
        boolean lost = loop.perMille(network.faults().unanswered());
        if (lost && loop.chance(2) == 0) {
            long patience = settings.timeout().toNanos() / 1_000;
            loop.after(patience, () -> answer.complete(new DnsAnswer.Failure("no answer in time")));
        } else {
            DnsAnswer said = lost ? new DnsAnswer.Failure("SERVFAIL") : zones.answer(question);
            loop.after(network.way(), () -> answer.complete(said));
        }
        return answer;
    }
}
