package io.wavegate.s2s.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.Xml;
import io.wavegate.s2s.vouch.Authority;
import io.wavegate.s2s.xml.StreamErrorCondition;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.s2s.xml.XmlEvent;
import io.wavegate.s2s.xml.XmlLimits;
import io.wavegate.s2s.xml.XmppParser;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A stream's test as a play: the peer sends, we send. Time is virtual, the wire is text, and what was not expected at the end
 * of the play is a failure. Ids of streams that we give are {@code id1}, {@code id2}...
 */
final class Screenplay {
    static final String ADA = "ada.example";
    static final String BEE = "bee.example";
    static final String CAT = "cat.example";
    private static final Pattern STREAM_ERROR = Pattern.compile("<stream:error><([a-z-]+)");
    static final DialbackKey KEY = DialbackKey.of("a secret of the lab");

    static final Authority AUTHORITY = new Authority("CN=ca", "ab");
    private static final Set<String> OUR_DOMAINS = new LinkedHashSet<>(List.of(ADA, "ada2.example"));

    private final Function<StreamInput, List<StreamEffect>> machine;
    private final StringBuilder written = new StringBuilder();
    private final Deque<StreamEffect> happened = new ArrayDeque<>();
    private final List<String> refusals = new ArrayList<>();
    private final Map<StreamTimer, Duration> timers = new EnumMap<>(StreamTimer.class);
    private final Map<StreamTimer, Instant> moments = new EnumMap<>(StreamTimer.class);
    private @Nullable XmppParser parser;
    private boolean securing;
    private Optional<StreamErrorCondition> errorWeSent = Optional.empty();

    private Screenplay(Function<StreamInput, List<StreamEffect>> machine) {
        this.machine = machine;
    }

    /** We are ada.example and open a stream to bee.example. */
    static Screenplay weOpen(StreamPolicy policy) {
        return weOpen(policy, new StreamPurpose.Stanzas());
    }

    static Screenplay weOpen(StreamPolicy policy, StreamPurpose purpose) {
        return weOpen(policy, purpose, new StreamInput.Connected());
    }

    static Screenplay weOpenWithTls(StreamPolicy policy) {
        return weOpen(policy, new StreamPurpose.Stanzas(), new StreamInput.Connected(true));
    }

    private static Screenplay weOpen(StreamPolicy policy, StreamPurpose purpose, StreamInput.Connected connected) {
        InitiatingStream stream = new InitiatingStream(
                new DomainPair(ADA, BEE),
                purpose,
                new InitiatingTerms(
                        OUR_DOMAINS,
                        policy,
                        StreamTimeouts.DEFAULT,
                        StreamLimits.DEFAULT,
                        StreamExtensions.DEFAULT,
                        KEY));
        InitiatingState[] state = {stream.initial()};
        Screenplay play = new Screenplay(input -> {
            Step<InitiatingState> step = stream.on(state[0], input);
            state[0] = step.state();
            return step.effects();
        });
        return play.happens(connected);
    }

    /** We are ada.example (and ada2.example); a peer opens a stream to us. */
    static Screenplay peerOpens(StreamPolicy policy) {
        return peerOpens(policy, ReceivingStream::start);
    }

    static Screenplay peerOpensWithTls(StreamPolicy policy) {
        return peerOpens(policy, ReceivingStream::startWithTls);
    }

    private static Screenplay peerOpens(StreamPolicy policy, Function<ReceivingStream, Step<ReceivingState>> start) {
        int[] ids = {0};
        ReceivingStream stream = new ReceivingStream(new ReceivingTerms(
                OUR_DOMAINS,
                remote -> policy,
                StreamTimeouts.DEFAULT,
                new StreamLimits(10_000, 512 * 1024, 3, 3),
                StreamExtensions.DEFAULT,
                KEY,
                () -> "id" + ++ids[0]));
        Step<ReceivingState> first = start.apply(stream);
        ReceivingState[] state = {first.state()};
        Screenplay play = new Screenplay(input -> {
            Step<ReceivingState> step = stream.on(state[0], input);
            state[0] = step.state();
            return step.effects();
        });
        play.take(first.effects());
        return play;
    }

    static String header(String attributes) {
        return "<?xml version='1.0'?><stream:stream xmlns='jabber:server' xmlns:stream='http://etherx.jabber.org/streams'"
                + " xmlns:db='jabber:server:dialback' " + attributes + ">";
    }

    Screenplay peerSends(String xml) {
        XmppParser first = parser;
        assertThat(first).as("the stream has begun").isNotNull();
        first.feed(xml.getBytes(StandardCharsets.UTF_8));
        // A restart in between replaces the parser, so it is looked up each time; what is left goes with it.
        Optional<XmlEvent> event = first.next();
        while (event.isPresent() && !securing) {
            take(machine.apply(new StreamInput.Received(event.get())));
            event = Objects.requireNonNull(parser).next();
        }
        return this;
    }

    Screenplay happens(StreamInput input) {
        securing = false;
        take(machine.apply(input));
        return this;
    }

    /** TLS is up, and the peer's certificate proves these domains. */
    Screenplay tlsProving(String... domains) {
        Set<String> proved = Set.of(domains);
        return happens(new StreamInput.Secured(domain -> proved.contains(domain)
                ? new PeerCertificate.Trusted(domain, "CN=x", Instant.MAX, AUTHORITY)
                : new PeerCertificate.Untrusted("it names " + proved + ", not " + domain)));
    }

    /**
     * TLS is up; our certificate is to be used until then, and the peer's is judged anew each time.
     *
     * @param theirs for the domain bee.example; nothing proves any other
     */
    Screenplay tlsUntil(Instant oursEnds, Supplier<PeerCertificate> theirs) {
        return happens(new StreamInput.Secured(
                domain -> domain.equals(BEE) ? theirs.get() : new PeerCertificate.None(), Optional.of(oursEnds)));
    }

    /** The moment comes that the timer waits for. */
    Screenplay reaches(StreamTimer timer, Instant moment) {
        assertThat(moments).containsEntry(timer, moment);
        moments.remove(timer);
        return happens(new StreamInput.TimedOut(timer));
    }

    Screenplay awaits(StreamTimer timer, Instant moment) {
        assertThat(moments).containsEntry(timer, moment);
        return this;
    }

    Screenplay awaitsNot(StreamTimer timer) {
        assertThat(moments).doesNotContainKey(timer);
        return this;
    }

    Screenplay timeIsUp() {
        assertThat(timers).containsKey(StreamTimer.STATE);
        return happens(new StreamInput.TimedOut(StreamTimer.STATE));
    }

    /** The timer runs, and runs out. */
    Screenplay passes(StreamTimer timer, Duration delay) {
        assertThat(timers).containsEntry(timer, delay);
        timers.remove(timer);
        return happens(new StreamInput.TimedOut(timer));
    }

    Screenplay doesNotRun(StreamTimer timer) {
        assertThat(timers).doesNotContainKey(timer);
        return this;
    }

    /** Stanzas are to be sent. */
    Screenplay weWantToSend(String... xml) {
        return happens(new StreamInput.Send(Stream.of(xml).map(Xml::stanza).toList()));
    }

    Screenplay kept(int stanzas) {
        StreamEffect effect = happened.poll();
        assertThat(effect).isInstanceOf(StreamEffect.Keep.class);
        assertThat(((StreamEffect.Keep) effect).stanzas()).hasSize(stanzas);
        return this;
    }

    Screenplay weSend(String xml) {
        assertThat(written.toString()).isEqualTo(xml);
        written.setLength(0);
        return this;
    }

    Screenplay weSendSomethingWith(String part) {
        assertThat(written.toString()).contains(part);
        written.setLength(0);
        return this;
    }

    Screenplay weSendSomethingWithAll(String... parts) {
        assertThat(written.toString()).contains(parts);
        written.setLength(0);
        return this;
    }

    Screenplay weSendNothing() {
        return weSend("");
    }

    /** The next thing that happened besides writing. */
    Screenplay then(StreamEffect effect) {
        assertThat(happened.poll()).isEqualTo(effect);
        return this;
    }

    Screenplay ignored() {
        assertThat(happened.poll()).isInstanceOf(StreamEffect.Ignored.class);
        return this;
    }

    Screenplay delivered(String body) {
        StreamEffect effect = happened.poll();
        assertThat(effect).isInstanceOf(StreamEffect.Deliver.class);
        assertThat(((StreamEffect.Deliver) effect).stanza().elements().stream().map(XmlElement::text))
                .containsExactly(body);
        return this;
    }

    Screenplay startsTls() {
        return then(new StreamEffect.StartTls());
    }

    Screenplay ready(String local, String remote, AuthenticatedBy method) {
        return then(new StreamEffect.Ready(new DomainPair(local, remote), method));
    }

    /** How long the present state may last. */
    Screenplay deadline(Duration duration) {
        assertThat(timers).containsEntry(StreamTimer.STATE, duration);
        return this;
    }

    Screenplay noDeadline() {
        assertThat(timers).doesNotContainKey(StreamTimer.STATE);
        return this;
    }

    /** For this reason, and what is said of a stream error is what went over the wire. */
    void ends(StreamEnd.Reason reason) {
        assertThat(happened).hasSize(1);
        StreamEffect effect = happened.poll();
        assertThat(effect).isInstanceOf(StreamEffect.End.class);
        StreamEnd end = ((StreamEffect.End) effect).end();
        assertThat(end.reason()).isEqualTo(reason);
        if (reason == StreamEnd.Reason.REMOTE_STREAM_ERROR) {
            assertThat(end.text()).contains(end.error().orElseThrow().elementName());
        } else {
            assertThat(end.error()).isEqualTo(errorWeSent);
        }
        assertThat(written.toString()).isEmpty();
        assertThat(timers).isEmpty();
        assertThat(moments).isEmpty();
    }

    /** The peer's error ended it, and is what is known of the end. */
    void endsWithTheirs(StreamErrorCondition condition) {
        assertThat(happened).hasSize(1);
        StreamEnd end = ((StreamEffect.End) happened.element()).end();
        assertThat(end.error()).contains(condition);
        ends(StreamEnd.Reason.REMOTE_STREAM_ERROR);
    }

    /** The operator is told that a pair was not authenticated. */
    Screenplay refused(String... words) {
        assertThat(refusals).hasSize(1);
        assertThat(refusals.remove(0)).contains(words);
        return this;
    }

    void andThatIsAll() {
        assertThat(happened).isEmpty();
        assertThat(written.toString()).isEmpty();
    }

    private void take(List<StreamEffect> effects) {
        for (StreamEffect effect : effects) {
            if (effect instanceof StreamEffect.Write write) {
                String text = new String(write.bytes(), StandardCharsets.UTF_8);
                Matcher error = STREAM_ERROR.matcher(text);
                errorWeSent = error.find() ? Optional.of(StreamErrorCondition.ofElement(error.group(1))) : errorWeSent;
                written.append(text);
            } else if (effect instanceof StreamEffect.Restart restart) {
                byte[] unread = parser == null ? new byte[0] : parser.takeUnread();
                parser = new XmppParser(XmlLimits.ofBytes(restart.elementBytes()));
                parser.feed(unread);
            } else if (effect instanceof StreamEffect.LimitElements limit) {
                Objects.requireNonNull(parser).limitElementBytes(limit.bytes());
            } else if (effect instanceof StreamEffect.Schedule schedule) {
                timers.put(schedule.timer(), schedule.delay());
            } else if (effect instanceof StreamEffect.Cancel cancel) {
                timers.remove(cancel.timer());
                moments.remove(cancel.timer());
            } else if (effect instanceof StreamEffect.ScheduleAt schedule) {
                moments.put(schedule.timer(), schedule.moment());
            } else if (effect instanceof StreamEffect.Refused refused) {
                refusals.add(refused.text());
            } else {
                securing |= effect instanceof StreamEffect.StartTls;
                happened.add(effect);
            }
        }
    }
}
