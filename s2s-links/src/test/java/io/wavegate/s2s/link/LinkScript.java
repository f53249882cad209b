package io.wavegate.s2s.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.Xml;
import io.wavegate.s2s.federation.DiscoverySettings;
import io.wavegate.s2s.link.OutboundRequest.Form;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.xml.XmlElement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;

/** Drives a link by hand with virtual time: a.test is ours, b.test the peer. */
final class LinkScript {
    static final String HIS = "b.test";
    static final String WAVE_HIS = "wave.b.test";
    static final Duration TRUST_IDLE = Duration.ofMinutes(1);

    final Map<Long, Outcome> outcomes = new HashMap<>();
    final Map<Long, Boolean> confirmed = new HashMap<>();
    final Deque<XmlElement> sent = new ArrayDeque<>();
    final List<DomainPair> dialled = new ArrayList<>();
    final List<DomainPair> closed = new ArrayList<>();
    final List<DomainPair> abandoned = new ArrayList<>();
    final LinkState link;
    int reachable;
    long now = 1_000_000;
    private final Map<DomainPair, Long> open = new HashMap<>();
    private long tokens;
    private long streams;
    boolean acknowledged;
    Duration silence = Duration.ZERO;
    private int ids;

    LinkScript() {
        this(settings(100, 1 << 20));
    }

    LinkScript(LinkSettings settings) {
        link = new LinkState(new DomainPair("a.test", HIS), "a.test", settings, () -> "id" + ++ids, new Random(1), now);
    }

    static LinkSettings settings(int maxUnderWay, long maxBytes) {
        return new LinkSettings(
                Duration.ofSeconds(30),
                maxUnderWay,
                maxBytes,
                10,
                4,
                Duration.ofSeconds(1),
                Duration.ofMinutes(5),
                Duration.ofMinutes(10),
                TRUST_IDLE,
                Duration.ofSeconds(5),
                DiscoverySettings.reference());
    }

    static DomainPair pair(String remote) {
        return new DomainPair("a.test", remote);
    }

    static OutboundRequest request(int bytes) {
        return new OutboundRequest(
                Form.IQ_GET, List.of(XmlElement.builder("urn:x", "ask").build()), Optional.empty(), bytes);
    }

    static OutboundRequest withPreamble(String preamble) {
        return new OutboundRequest(
                Form.IQ_SET,
                List.of(XmlElement.builder("urn:x", "submit").build()),
                Optional.of(XmlElement.builder("urn:x", preamble).build()),
                1);
    }

    static OutboundRequest message() {
        return new OutboundRequest(
                Form.MESSAGE, List.of(XmlElement.builder("urn:x", "told").build()), Optional.empty(), 1);
    }

    long ask(OutboundRequest request) {
        tokens++;
        handle(new LinkInput.Ask(tokens, request));
        return tokens;
    }

    long confirm(String address) {
        tokens++;
        handle(new LinkInput.Confirm(tokens, address, true));
        return tokens;
    }

    void handle(LinkInput input) {
        for (LinkEffect effect : link.handle(input, now)) {
            if (effect instanceof LinkEffect.Complete complete) {
                assertThat(outcomes.put(complete.token(), complete.outcome())).isNull();
            } else if (effect instanceof LinkEffect.Confirm confirm) {
                confirmed.put(confirm.token(), confirm.speaks());
            } else if (effect instanceof LinkEffect.OpenStream dial) {
                dialled.add(dial.pair());
            } else if (effect instanceof LinkEffect.Send send) {
                sent.addAll(send.stanzas());
                assertThat(open.get(send.pair())).isEqualTo(send.stream());
                handle(new LinkInput.Sent(send.pair(), send.stream()));
            } else if (effect instanceof LinkEffect.CloseStream close) {
                open.remove(close.pair());
                closed.add(close.pair());
            } else if (effect instanceof LinkEffect.AbandonStream abandon) {
                open.remove(abandon.pair());
                abandoned.add(abandon.pair());
            } else if (effect instanceof LinkEffect.Reachable) {
                reachable++;
            }
        }
    }

    void opens(String remote) {
        assertThat(dialled.remove(pair(remote))).as("dialled " + remote).isTrue();
        open.put(pair(remote), ++streams);
        handle(new LinkInput.StreamOpened(pair(remote), streams, acknowledged, silence.toMillis()));
    }

    long streamTo(String remote) {
        return Objects.requireNonNull(open.remove(pair(remote)));
    }

    void refuses(String remote) {
        assertThat(dialled.remove(pair(remote))).as("dialled " + remote).isTrue();
        handle(new LinkInput.StreamFailed(pair(remote), new StreamEnd(StreamEnd.Reason.CONNECT_FAILED, "refused")));
    }

    void breaks(String remote, StreamEnd.Reason reason) {
        breaks(remote, reason, List.of());
    }

    void breaks(String remote, StreamEnd.Reason reason, List<XmlElement> unacknowledged) {
        Long stream = open.remove(pair(remote));
        handle(new LinkInput.StreamEnded(pair(remote), stream, new StreamEnd(reason, "gone"), unacknowledged));
    }

    /** The stanza sent first of those not looked at. */
    XmlElement next() {
        return sent.remove();
    }

    /** The peer answers a stanza of ours. */
    void result(XmlElement stanza, String payload) {
        answer(stanza, stanza.attribute("to").orElseThrow(), "type='result'", payload);
    }

    void error(XmlElement stanza, String condition) {
        answer(
                stanza,
                stanza.attribute("to").orElseThrow(),
                "type='error'",
                "<error type='wait'><" + condition + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>");
    }

    void answer(XmlElement stanza, String from, String attributes, String payload) {
        String name = stanza.name().local();
        String id = stanza.attribute("id").orElseThrow();
        handle(new LinkInput.Answer(
                id,
                Xml.stanza("<" + name + " id='" + id + "' from='" + from + "' to='a.test' " + attributes + ">" + payload
                        + "</" + name + ">")));
    }

    void receipt(XmlElement message) {
        answer(message, message.attribute("to").orElseThrow(), "", "<received xmlns='urn:xmpp:receipts'/>");
    }

    static final String WAVE_INFO = "<query xmlns='http://jabber.org/protocol/disco#info'>"
            + "<identity category='collaboration' type='apache-wave'/>"
            + "<feature var='http://waveprotocol.org/protocol/0.2/waveserver'/></query>";
    static final String OTHER_INFO = "<query xmlns='http://jabber.org/protocol/disco#info'/>";

    static String items(String... jids) {
        StringBuilder items = new StringBuilder("<query xmlns='http://jabber.org/protocol/disco#items'>");
        for (String jid : jids) {
            items.append("<item jid='").append(jid).append("'/>");
        }
        return items.append("</query>").toString();
    }

    /** The whole discovery of a reference server behind wave.b.test, from the first dial on. */
    void discoverWaveService() {
        opens(HIS);
        result(next(), items(WAVE_HIS));
        opens(WAVE_HIS);
        result(next(), OTHER_INFO);
        result(next(), WAVE_INFO);
    }

    void later(Duration time) {
        long until = now + time.toMillis();
        while (link.nextWakeMillis(now) <= until) {
            now = Math.max(now + 1, link.nextWakeMillis(now));
            handle(new LinkInput.Tick());
        }
        now = until;
    }
}
