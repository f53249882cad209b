package io.wavegate.s2s.dns;

import io.wavegate.s2s.resolve.DnsAnswer;
import io.wavegate.s2s.resolve.DnsClient;
import io.wavegate.s2s.resolve.DnsQuestion;
import io.wavegate.s2s.resolve.DnsRecord;
import io.wavegate.s2s.resolve.ResolveSettings;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupResult;
import org.xbill.DNS.lookup.LookupSession;
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.NoSuchRRSetException;

/**
 * DNS by dnsjava: follows CNAMEs at the name asked for, goes over to TCP for big answers, asks absolute names only, neither
 * the hosts file nor a search list. Keeps nothing; see {@link CachingDnsClient}.
 */
public final class DnsjavaClient implements DnsClient {
    private static final int TRIES = 2;
    private final LookupSession session;
    private final Duration deadline;

    /** @param executor runs the callbacks; never dnsjava's common pool */
    public DnsjavaClient(ResolveSettings settings, Executor executor) {
        List<InetSocketAddress> servers =
                settings.servers().isEmpty() ? ResolverConfig.getCurrentConfig().servers() : settings.servers();
        List<Resolver> resolvers = new ArrayList<>();
        for (InetSocketAddress server : servers) {
            SimpleResolver resolver = new SimpleResolver(server);
            resolver.setTimeout(settings.timeout());
            resolvers.add(resolver);
        }
        ExtendedResolver all = new ExtendedResolver(resolvers);
        all.setRetries(TRIES);
        this.deadline = settings.timeout().multipliedBy((long) TRIES * Math.max(1, resolvers.size()));
        all.setTimeout(deadline);
        this.session = LookupSession.builder()
                .resolver(all)
                .executor(executor)
                .clearSearchPath()
                .clearCaches()
                .cycleResults(false)
                .build();
    }

    @Override
    public CompletionStage<DnsAnswer> ask(DnsQuestion question) {
        Name name;
        try {
            name = Name.fromString(question.name(), Name.root);
        } catch (TextParseException e) {
            return CompletableFuture.completedFuture(new DnsAnswer.Failure("not a name for DNS: " + e.getMessage()));
        }
        // A CNAME chain is a question after the other, each with its own time-out: bound the whole.
        return session.lookupAsync(name, type(question))
                .toCompletableFuture()
                .orTimeout(2 * deadline.toMillis(), TimeUnit.MILLISECONDS)
                .handle((result, error) -> error == null ? found(result) : failed(error));
    }

    private static int type(DnsQuestion question) {
        return switch (question.type()) {
            case SRV -> Type.SRV;
            case AAAA -> Type.AAAA;
            case A -> Type.A;
        };
    }

    private static DnsAnswer found(LookupResult result) {
        List<DnsRecord> records = new ArrayList<>();
        long ttl = Long.MAX_VALUE;
        for (Record record : result.getRecords()) {
            ttl = Math.min(ttl, record.getTTL());
            if (record instanceof SRVRecord srv) {
                records.add(
                        new DnsRecord.Srv(srv.getPriority(), srv.getWeight(), srv.getPort(), host(srv.getTarget())));
            } else if (record instanceof AAAARecord six) {
                records.add(new DnsRecord.Address(six.getAddress()));
            } else if (record instanceof ARecord four) {
                records.add(new DnsRecord.Address(four.getAddress()));
            }
        }
        // An empty answer that lacks the zone's SOA comes as a result, not as NoSuchRRSetException; it says the same.
        return records.isEmpty() ? new DnsAnswer.None(true) : new DnsAnswer.Found(records, Duration.ofSeconds(ttl));
    }

    private static String host(Name name) {
        return name.equals(Name.root) ? "." : name.toString(true);
    }

    private static DnsAnswer failed(Throwable error) {
        Throwable cause = error;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof NoSuchDomainException) {
            return new DnsAnswer.None(false);
        }
        if (cause instanceof NoSuchRRSetException) {
            return new DnsAnswer.None(true);
        }
        String message = cause.getMessage();
        return new DnsAnswer.Failure(message == null ? cause.getClass().getSimpleName() : message);
    }
}
