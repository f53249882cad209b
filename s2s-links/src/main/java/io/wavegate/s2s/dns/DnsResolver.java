package io.wavegate.s2s.dns;

import io.wavegate.s2s.resolve.AnswerCache;
import io.wavegate.s2s.resolve.DnsAnswer;
import io.wavegate.s2s.resolve.DnsClient;
import io.wavegate.s2s.resolve.DnsQuestion;
import io.wavegate.s2s.resolve.Draw;
import io.wavegate.s2s.resolve.Resolution;
import io.wavegate.s2s.resolve.ResolveSettings;
import io.wavegate.s2s.resolve.Resolver;
import io.wavegate.s2s.resolve.TargetResolution;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;

/** Resolves domains: pinned ones from the configuration, the others by {@link TargetResolution} over a {@link DnsClient}. */
public final class DnsResolver implements Resolver {
    private final DnsClient client;
    private final ResolveSettings settings;
    private final Draw draw;

    public DnsResolver(DnsClient client, ResolveSettings settings, Draw draw) {
        this.client = client;
        this.settings = settings;
        this.draw = draw;
    }

    /** Over dnsjava with a cache, as a node uses it. */
    public static DnsResolver over(ResolveSettings settings, Executor executor, Clock clock) {
        DnsClient client =
                new CachingDnsClient(new DnsjavaClient(settings, executor), new AnswerCache(settings), clock);
        return new DnsResolver(
                client, settings, total -> ThreadLocalRandom.current().nextInt(total + 1));
    }

    @Override
    public CompletionStage<Resolution> resolve(String domain) {
        Optional<Resolution.Targets> pinned = settings.pins().forDomain(domain);
        if (pinned.isPresent()) {
            return CompletableFuture.completedFuture(pinned.get());
        }
        return advance(TargetResolution.start(domain, settings, draw));
    }

    private CompletionStage<Resolution> advance(TargetResolution state) {
        if (state instanceof TargetResolution.Resolved resolved) {
            return CompletableFuture.completedFuture(resolved.resolution());
        }
        Map<DnsQuestion, DnsAnswer> answers = new ConcurrentHashMap<>();
        CompletableFuture<?>[] asked = state.questions().stream()
                .map(question -> client.ask(question)
                        .thenAccept(answer -> answers.put(question, answer))
                        .toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(asked).thenCompose(all -> advance(state.answered(answers)));
    }
}
