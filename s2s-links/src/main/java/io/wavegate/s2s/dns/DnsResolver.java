package io.wavegate.s2s.dns;

import io.wavegate.s2s.api.ResolutionReport;
import io.wavegate.s2s.api.Resolutions;
import io.wavegate.s2s.jid.Domain;
import io.wavegate.s2s.resolve.AnswerCache;
import io.wavegate.s2s.resolve.DeadTargets;
import io.wavegate.s2s.resolve.Dial;
import io.wavegate.s2s.resolve.DialTimes;
import io.wavegate.s2s.resolve.DnsAnswer;
import io.wavegate.s2s.resolve.DnsQuestion;
import io.wavegate.s2s.resolve.Draw;
import io.wavegate.s2s.resolve.Inspection;
import io.wavegate.s2s.resolve.ResolveSettings;
import io.wavegate.s2s.resolve.Resolver;
import io.wavegate.s2s.resolve.Target;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** What a node finds other domains with: the settings, dnsjava and a cache. */
public final class DnsResolver implements Resolver, Resolutions {
    private final CachingDnsClient client;
    private final ResolveSettings settings;
    private final Draw draw;
    private final Clock clock;
    private final DeadTargets dead;

    private DnsResolver(CachingDnsClient client, ResolveSettings settings, Draw draw, Clock clock) {
        this.clock = clock;
        dead = new DeadTargets(settings);
        this.client = client;
        this.settings = settings;
        this.draw = draw;
    }

    /** @param executor runs what follows on answers */
    public static DnsResolver over(ResolveSettings settings, Executor executor, Clock clock) {
        return over(
                settings, executor, clock, total -> ThreadLocalRandom.current().nextInt(total + 1));
    }

    /** The same with a draw of the caller's. */
    public static DnsResolver over(ResolveSettings settings, Executor executor, Clock clock, Draw draw) {
        CachingDnsClient client =
                new CachingDnsClient(new DnsjavaClient(settings, executor), new AnswerCache(settings), clock);
        return new DnsResolver(client, settings, draw, clock);
    }

    @Override
    public Dial dial(String domain, DialTimes times) {
        return Dial.to(domain, settings, times, draw, this::isDead);
    }

    private boolean isDead(Target target) {
        synchronized (dead) {
            return dead.contains(target, clock.instant());
        }
    }

    @Override
    public void tried(Target target, boolean reached) {
        synchronized (dead) {
            dead.tried(target, reached, clock.instant());
        }
    }

    @Override
    public CompletionStage<DnsAnswer> ask(DnsQuestion question) {
        return client.ask(question);
    }

    @Override
    public int flush(Optional<Domain> domain) {
        synchronized (dead) {
            dead.clear();
        }
        return client.flush(domain);
    }

    @Override
    public CompletionStage<ResolutionReport> report(Domain domain) {
        return advance(new Inspection(domain.value(), settings, draw, this::isDead));
    }

    private CompletionStage<ResolutionReport> advance(Inspection inspection) {
        List<DnsQuestion> questions = inspection.questions();
        if (questions.isEmpty()) {
            return CompletableFuture.completedFuture(inspection.report());
        }
        long asked = System.nanoTime();
        Map<DnsQuestion, Inspection.Answer> answers = new ConcurrentHashMap<>();
        CompletableFuture<?>[] all = questions.stream()
                .map(question -> client.ask(question)
                        .thenAccept(answer -> answers.put(
                                question,
                                new Inspection.Answer(
                                        answer, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - asked))))
                        .toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(all).thenCompose(none -> {
            inspection.answered(answers);
            return advance(inspection);
        });
    }
}
