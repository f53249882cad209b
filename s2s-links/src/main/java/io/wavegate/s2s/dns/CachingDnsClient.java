package io.wavegate.s2s.dns;

import io.wavegate.s2s.jid.Domain;
import io.wavegate.s2s.resolve.AnswerCache;
import io.wavegate.s2s.resolve.DnsAnswer;
import io.wavegate.s2s.resolve.DnsClient;
import io.wavegate.s2s.resolve.DnsQuestion;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Answers from the cache where it can; the same question asked twice at once goes out once. */
public final class CachingDnsClient implements DnsClient {
    private final DnsClient client;
    private final Clock clock;
    private final AnswerCache cache;
    private final Map<DnsQuestion, CompletableFuture<DnsAnswer>> underWay = new HashMap<>();

    public CachingDnsClient(DnsClient client, AnswerCache cache, Clock clock) {
        this.client = client;
        this.cache = cache;
        this.clock = clock;
    }

    /**
     * Forgets kept answers; see {@link AnswerCache#forget}.
     *
     * @param domain empty for all
     * @return how many
     */
    public synchronized int flush(Optional<Domain> domain) {
        // What is under way was asked before, and must not be kept after.
        underWay.clear();
        return domain.map(name -> cache.forget(name.ascii())).orElseGet(cache::forgetAll);
    }

    @Override
    public CompletionStage<DnsAnswer> ask(DnsQuestion question) {
        CompletableFuture<DnsAnswer> answer = new CompletableFuture<>();
        synchronized (this) {
            Optional<DnsAnswer> kept = cache.find(question, clock.instant());
            if (kept.isPresent()) {
                return CompletableFuture.completedFuture(kept.get());
            }
            CompletableFuture<DnsAnswer> asked = underWay.putIfAbsent(question, answer);
            if (asked != null) {
                return asked.copy();
            }
        }
        client.ask(question).whenComplete((said, error) -> {
            DnsAnswer result = error == null ? said : new DnsAnswer.Failure(String.valueOf(error.getMessage()));
            synchronized (this) {
                if (underWay.remove(question, answer)) {
                    cache.keep(question, result, clock.instant());
                }
            }
            answer.complete(result);
        });
        return answer.copy();
    }
}
