package io.wavegate.s2s.dns;

import io.wavegate.s2s.resolve.DnsAnswer;
import io.wavegate.s2s.resolve.DnsClient;
import io.wavegate.s2s.resolve.DnsQuestion;
import io.wavegate.s2s.resolve.ResolveSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * DNS by dnsjava: goes over to TCP for big answers, asks absolute names only, neither the hosts file nor a search list.
 * Follows CNAMEs that the server did not follow itself. Keeps nothing; see {@link CachingDnsClient}.
 */
public final class DnsjavaClient implements DnsClient {
    private final DnsServers servers;
    private final long patienceMillis;

    /** @param executor runs the callbacks; never dnsjava's common pool */
    public DnsjavaClient(ResolveSettings settings, Executor executor) {
        servers = new DnsServers(settings, executor);
        // A chain of CNAMEs may need a question after the other, each with its own time-outs: bound the whole.
        patienceMillis = 2 * servers.patience().toMillis();
    }

    @Override
    public CompletionStage<DnsAnswer> ask(DnsQuestion question) {
        Name name;
        try {
            name = Name.fromString(question.name(), Name.root);
        } catch (TextParseException e) {
            return CompletableFuture.completedFuture(new DnsAnswer.Failure("not a name for DNS: " + e.getMessage()));
        }
        return ask(name, type(question), new ArrayList<>(), Long.MAX_VALUE)
                .toCompletableFuture()
                .completeOnTimeout(
                        new DnsAnswer.Failure("no DNS answer within " + patienceMillis + " ms"),
                        patienceMillis,
                        TimeUnit.MILLISECONDS);
    }

    private CompletionStage<DnsAnswer> ask(Name name, int type, List<Name> aliases, long ttlSeconds) {
        return servers.ask(Record.newRecord(name, type, DClass.IN)).thenCompose(said -> {
            if (said.answer().isEmpty()) {
                return CompletableFuture.completedFuture(new DnsAnswer.Failure(said.complaint()));
            }
            AnswerReading reading = AnswerReading.of(said.answer().get(), name, type, aliases, ttlSeconds);
            return reading.answer().isPresent()
                    ? CompletableFuture.completedFuture(reading.answer().get())
                    : ask(reading.name(), type, reading.aliases(), reading.ttlSeconds());
        });
    }

    private static int type(DnsQuestion question) {
        return switch (question.type()) {
            case SRV -> Type.SRV;
            case AAAA -> Type.AAAA;
            case A -> Type.A;
        };
    }
}
