package io.wavegate.s2s.dns;

import io.wavegate.s2s.resolve.ResolveSettings;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;
import org.xbill.DNS.WireParseException;

/**
 * The DNS servers to ask, one after the other. One that says that it cannot or will not answer is not asked again, but the
 * next one is: it may. One that says nothing is asked a second time, since a datagram gets lost easily.
 */
final class DnsServers {
    /** As many as libc's resolver takes; each may cost the time-out, twice. */
    private static final int MOST = 3;

    private final List<SimpleResolver> servers;
    private final Duration timeout;
    private final Executor executor;

    DnsServers(ResolveSettings settings, Executor executor) {
        List<InetSocketAddress> addresses =
                settings.servers().isEmpty() ? ResolverConfig.getCurrentConfig().servers() : settings.servers();
        timeout = settings.timeout();
        servers = addresses.stream().limit(MOST).map(this::server).toList();
        this.executor = executor;
    }

    private SimpleResolver server(InetSocketAddress address) {
        SimpleResolver resolver = new SimpleResolver(address);
        resolver.setTimeout(timeout);
        return resolver;
    }

    /** The longest that {@link #ask} takes. */
    Duration patience() {
        return timeout.multipliedBy(2L * servers.size());
    }

    /**
     * What asking came to.
     *
     * @param answer one that decides the question: records, or that there are none
     * @param complaint why there is no such answer
     */
    record Said(Optional<Message> answer, String complaint) {
        private static Said not(String complaint) {
            return new Said(Optional.empty(), complaint);
        }
    }

    private record Turn(SimpleResolver server, boolean second) {}

    /** Asks until somebody gives an answer that decides. Never fails. */
    CompletionStage<Said> ask(Record question) {
        Deque<Turn> turns = new ArrayDeque<>();
        servers.forEach(server -> turns.add(new Turn(server, false)));
        return ask(question, turns, Said.not("no DNS server is configured"));
    }

    private CompletionStage<Said> ask(Record question, Deque<Turn> turns, Said last) {
        Turn turn = turns.poll();
        if (turn == null) {
            return CompletableFuture.completedFuture(last);
        }
        Message query = Message.newQuery(question);
        return turn.server()
                .sendAsync(query, executor)
                .toCompletableFuture()
                // dnsjava's own looks at its clock once a second only.
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .handle((answer, failure) -> {
                    if (answer != null) {
                        return judge(query, answer);
                    }
                    if (!turn.second()) {
                        turns.add(new Turn(turn.server(), true));
                    }
                    return silence(failure);
                })
                .thenCompose(said -> said.answer().isPresent()
                        ? CompletableFuture.completedFuture(said)
                        : ask(question, turns, said));
    }

    private static Said judge(Message query, Message answer) {
        int code = answer.getRcode();
        if (code != Rcode.NOERROR && code != Rcode.NXDOMAIN) {
            return Said.not("the DNS server answered " + Rcode.string(code));
        }
        if (isReferral(answer)) {
            return Said.not("the DNS server only named other servers; it has to be a recursive one");
        }
        try {
            // Drops what was not asked for: CVE-2024-25638.
            Message normal = answer.normalize(query, false);
            return normal == null
                    ? Said.not("the DNS server's answer contradicts itself")
                    : new Said(Optional.of(normal), "");
        } catch (WireParseException e) {
            return Said.not("the DNS server's answer is damaged: " + e.getMessage());
        }
    }

    /** RFC 2308 section 2.2: says "not I", and nothing about the records. */
    private static boolean isReferral(Message answer) {
        List<Record> authority = answer.getSection(Section.AUTHORITY);
        return answer.getRcode() == Rcode.NOERROR
                && answer.getSection(Section.ANSWER).isEmpty()
                && authority.stream().anyMatch(record -> record.getType() == Type.NS)
                && authority.stream().noneMatch(record -> record.getType() == Type.SOA);
    }

    private Said silence(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause == null || cause instanceof TimeoutException) {
            return Said.not("no DNS server answered within " + timeout.toMillis() + " ms");
        }
        String message = cause.getMessage();
        return Said.not(message == null ? cause.getClass().getSimpleName() : message);
    }
}
