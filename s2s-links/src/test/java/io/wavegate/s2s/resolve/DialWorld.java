package io.wavegate.s2s.resolve;

import com.typesafe.config.ConfigFactory;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.stream.StreamEnd.Reason;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * A network with a clock of its own, for one dial after the other: DNS answers and hosts that are there, refuse, hang or talk nonsense, each
 * after its own time. What the dial does is written down, a line each, with the time in milliseconds.
 */
public final class DialWorld {
    private final Map<DnsQuestion, List<DnsRecord>> zone = new HashMap<>();
    private final Map<DnsQuestion, Long> slowAnswers = new HashMap<>();
    private final Set<DnsQuestion> failing = new HashSet<>();
    private final Set<DnsQuestion> silent = new HashSet<>();
    private final Map<String, Host> hosts = new HashMap<>();
    private final Map<String, String> elsewhere = new HashMap<>();
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::atMillis).thenComparingLong(Event::number));
    private final Set<Integer> underWay = new HashSet<>();
    private final List<String> trace = new ArrayList<>();
    private long number;
    private long nowMillis;
    private int mostUnderWay;
    private Optional<String> outcome = Optional.empty();
    private Optional<DeadTargets> dead = Optional.empty();
    private Optional<StreamEnd> failure = Optional.empty();

    private record Event(long atMillis, long number, DialInput input) {}

    /** What meets who connects: after how long TCP is up, then the header, then the stream; -1 for never. */
    private record Host(long connectMillis, long headerMillis, long readyMillis, Optional<StreamEnd> end) {}

    public DialWorld srv(String domain, String... records) {
        return records("_xmpp-server._tcp." + domain, DnsQuestion.Type.SRV, records);
    }

    DialWorld directSrv(String domain, String... records) {
        return records("_xmpps-server._tcp." + domain, DnsQuestion.Type.SRV, records);
    }

    /** A or AAAA records, as they look. */
    public DialWorld host(String name, String... addresses) {
        for (String address : addresses) {
            records(name, address.contains(":") ? DnsQuestion.Type.AAAA : DnsQuestion.Type.A, address);
        }
        return this;
    }

    private DialWorld records(String name, DnsQuestion.Type type, String... values) {
        List<DnsRecord> records = zone.computeIfAbsent(new DnsQuestion(name, type), missing -> new ArrayList<>());
        for (String value : values) {
            records.add(type == DnsQuestion.Type.SRV ? srv(value) : new DnsRecord.Address(ip(value)));
        }
        return this;
    }

    private static DnsRecord srv(String text) {
        String[] parts = text.split(" ");
        return new DnsRecord.Srv(
                Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]), parts[3]);
    }

    static InetAddress ip(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(literal, e);
        }
    }

    DialWorld fails(String name, DnsQuestion.Type type) {
        failing.add(new DnsQuestion(name, type));
        return this;
    }

    DialWorld silent(String name, DnsQuestion.Type type) {
        silent.add(new DnsQuestion(name, type));
        return this;
    }

    DialWorld answersAfter(long millis, String name, DnsQuestion.Type type) {
        slowAnswers.put(new DnsQuestion(name, type), millis);
        return this;
    }

    /** A good server. */
    public DialWorld up(String address, int port, long connectMillis) {
        return host(address, port, new Host(connectMillis, 20, 40, Optional.empty()));
    }

    public DialWorld refuses(String address, int port) {
        return host(address, port, new Host(1, -1, -1, end(Reason.CONNECT_FAILED, "connection refused")));
    }

    /** Takes the connection and says nothing. */
    DialWorld mute(String address, int port) {
        return host(address, port, new Host(5, -1, -1, Optional.empty()));
    }

    /** Sends a header, and then the stream ends for this reason. */
    DialWorld endsWith(String address, int port, Reason reason) {
        return host(address, port, new Host(5, 10, -1, end(reason, reason.label())));
    }

    /** Proves the domain and sends whoever comes to another host. */
    DialWorld sendsTo(String address, int port, String place) {
        elsewhere.put(place(ip(address), port), place);
        return endsWith(address, port, Reason.REMOTE_STREAM_ERROR);
    }

    /** Takes no connection, and says nothing. */
    DialWorld hangs(String address, int port) {
        hosts.remove(place(ip(address), port));
        return this;
    }

    /** Takes the connection, and ends it before any header. */
    DialWorld drops(String address, int port) {
        return host(address, port, new Host(5, -1, -1, end(Reason.TLS_FAILED, "no TLS")));
    }

    private static Optional<StreamEnd> end(Reason reason, String text) {
        return Optional.of(new StreamEnd(reason, text));
    }

    private DialWorld host(String address, int port, Host host) {
        hosts.put(place(ip(address), port), host);
        return this;
    }

    private static String place(InetAddress address, int port) {
        return address.getHostAddress() + "#" + port;
    }

    /** Dials to the end. */
    public DialWorld dial(String domain, String... settings) {
        ResolveSettings resolve = ResolveSettings.from(ConfigFactory.parseString(String.join("\n", settings))
                .withFallback(ConfigFactory.load().getConfig("wavegate.s2s.resolve")));
        DialTimes times = new DialTimes(Duration.ofSeconds(10), Duration.ofSeconds(35));
        outcome = Optional.empty();
        failure = Optional.empty();
        events.clear();
        DeadTargets known = dead.orElseGet(() -> new DeadTargets(resolve));
        dead = Optional.of(known);
        Dial dial = Dial.to(domain, resolve, times, total -> 0, target -> known.contains(target, instant()));
        carryOut(dial.start(nowMillis));
        while (dial.nextWakeMillis() < Long.MAX_VALUE) {
            Event event = events.peek();
            if (event == null || event.atMillis() > dial.nextWakeMillis()) {
                nowMillis = Math.max(nowMillis, dial.nextWakeMillis());
                carryOut(dial.on(new DialInput.Tick(), nowMillis));
            } else {
                events.remove();
                nowMillis = event.atMillis();
                happens(dial, event.input());
            }
        }
        return this;
    }

    DialWorld later(long millis) {
        nowMillis += millis;
        return this;
    }

    private void happens(Dial dial, DialInput input) {
        if (input instanceof DialInput.Succeeded succeeded && underWay.contains(succeeded.attempt())) {
            outcome = Optional.of("attempt " + succeeded.attempt());
        }
        if (input instanceof DialInput.Failed failed) {
            underWay.remove(failed.attempt());
        }
        carryOut(dial.on(input, nowMillis));
    }

    private void carryOut(List<DialEffect> effects) {
        for (DialEffect effect : effects) {
            if (effect instanceof DialEffect.Ask ask) {
                write("ask " + ask.question());
                answer(ask.question());
            } else if (effect instanceof DialEffect.Connect connect) {
                write("connect " + connect.attempt() + " " + connect.address().getHostAddress() + " "
                        + connect.target().port() + (connect.target().directTls() ? " direct" : ""));
                connect(connect);
            } else if (effect instanceof DialEffect.Abandon abandon) {
                write("abandon " + abandon.attempt());
                underWay.remove(abandon.attempt());
            } else if (effect instanceof DialEffect.Tried tried) {
                dead.orElseThrow().tried(tried.target(), tried.reached(), instant());
            } else if (effect instanceof DialEffect.Fail fail) {
                write("fail " + fail.end().reason().label());
                failure = Optional.of(fail.end());
            }
        }
    }

    private Instant instant() {
        return Instant.ofEpochMilli(nowMillis);
    }

    private void answer(DnsQuestion question) {
        if (silent.contains(question)) {
            return;
        }
        List<DnsRecord> records = zone.getOrDefault(question, List.of());
        DnsAnswer answer = records.isEmpty()
                ? new DnsAnswer.None(true, Optional.empty())
                : new DnsAnswer.Found(records, List.of(), Duration.ofMinutes(1));
        DnsAnswer said = failing.contains(question) ? new DnsAnswer.Failure("SERVFAIL") : answer;
        after(slowAnswers.getOrDefault(question, 1L), new DialInput.Answered(question, said));
    }

    private void connect(DialEffect.Connect connect) {
        int attempt = connect.attempt();
        underWay.add(attempt);
        mostUnderWay = Math.max(mostUnderWay, underWay.size());
        Host host = hosts.get(place(connect.address(), connect.target().port()));
        if (host == null) {
            return;
        }
        boolean never = host.end().isPresent() && host.end().get().reason() == Reason.CONNECT_FAILED;
        if (!never) {
            after(host.connectMillis(), new DialInput.Connected(attempt));
        }
        if (host.headerMillis() >= 0) {
            after(host.connectMillis() + host.headerMillis(), new DialInput.Heard(attempt));
        }
        if (host.readyMillis() >= 0) {
            after(host.connectMillis() + host.readyMillis(), new DialInput.Succeeded(attempt));
        }
        Optional.ofNullable(
                        elsewhere.get(place(connect.address(), connect.target().port())))
                .ifPresent(other -> after(host.connectMillis() + 14, new DialInput.SeeOther(attempt, other)));
        host.end().ifPresent(end -> after(host.connectMillis() + 15, new DialInput.Failed(attempt, end)));
    }

    /** What was abandoned is not heard of any more, but for what was on its way already. */
    private void after(long millis, DialInput input) {
        events.add(new Event(nowMillis + millis, number++, input));
    }

    private void write(String line) {
        trace.add(nowMillis + " " + line);
    }

    /** Everything that was done. */
    public List<String> trace() {
        return trace;
    }

    public List<String> connects() {
        return trace.stream().filter(line -> line.contains(" connect ")).toList();
    }

    public List<String> questions() {
        return trace.stream().filter(line -> line.contains(" ask ")).toList();
    }

    /** The attempt that gave a stream. */
    public Optional<String> outcome() {
        return outcome;
    }

    public StreamEnd failure() {
        return failure.orElseThrow(() -> new AssertionError("there is a stream: " + trace));
    }

    long nowMillis() {
        return nowMillis;
    }

    /** Connections at the same time. */
    int mostUnderWay() {
        return mostUnderWay;
    }

    /** Connections that nobody knows of any more, or that lost. */
    Set<Integer> underWay() {
        return underWay;
    }
}
