package io.wavegate.s2s.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wavegate.s2s.Xml;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.StanzaReceiver;
import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.wavelet.api.Answer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A stranger and a reference-like peer, by hand, against one gateway. */
final class InboundSecurityTest {
    private static FakeNetwork network;
    private static TestNode node;
    private static final List<XmlElement> heard = new CopyOnWriteArrayList<>();

    /** Answers disco for c.test, whose wave service is wave.c.test. */
    private static final StanzaReceiver PEER = (pair, stanzas) -> {
        for (XmlElement stanza : stanzas) {
            if (stanza.name().local().equals("iq")
                    && stanza.attribute("type").filter("get"::equals).isPresent()) {
                disco(pair, stanza);
            } else {
                heard.add(stanza);
            }
        }
        return CompletableFuture.completedFuture(null);
    };

    private static void disco(DomainPair pair, XmlElement query) {
        boolean items = Xml.text(query).contains("disco#items");
        String payload = items
                ? "<query xmlns='http://jabber.org/protocol/disco#items'><item jid='wave.c.test'/></query>"
                : "<query xmlns='http://jabber.org/protocol/disco#info'>"
                        + (pair.local().equals("wave.c.test")
                                ? "<feature var='http://waveprotocol.org/protocol/0.2/waveserver'/>"
                                : "")
                        + "</query>";
        network.inject(
                pair.local(),
                "a.test",
                "<iq type='result' id='" + query.attribute("id").orElseThrow() + "' from='" + pair.local()
                        + "' to='a.test'>" + payload + "</iq>");
    }

    @BeforeAll
    static void start() {
        network = new FakeNetwork();
        node = new TestNode("a.test", network);
        for (String name : List.of("c.test", "wave.c.test", "other.c.test", "evil.test")) {
            network.attach(name, PEER);
        }
    }

    @AfterAll
    static void stop() {
        node.close();
        network.close();
    }

    @BeforeEach
    void clean() {
        heard.clear();
        node.wavelets.calls.clear();
        node.wavelets.slowPost = Optional.empty();
        node.wavelets.slowUpdate = Optional.empty();
    }

    private static XmlElement answer(String id) {
        await().until(() -> heard.stream()
                .anyMatch(stanza -> stanza.attribute("id").filter(id::equals).isPresent()));
        return heard.stream()
                .filter(stanza -> stanza.attribute("id").filter(id::equals).isPresent())
                .findFirst()
                .orElseThrow();
    }

    private static String update(String id, String from, String host) {
        return "<message type='normal' id='" + id + "' from='" + from + "' to='a.test'>"
                + "<request xmlns='urn:xmpp:receipts'/><event xmlns='http://jabber.org/protocol/pubsub#event'><items>"
                + "<item><wavelet-update xmlns='http://waveprotocol.org/protocol/0.2/waveserver' wavelet-name='wave://"
                + host + "/w+1/conv+root'><applied-delta>QUFB</applied-delta></wavelet-update></item></items></event>"
                + "</message>";
    }

    private static String ping(String id, String from) {
        return "<iq type='get' id='" + id + "' from='" + from + "' to='a.test'><ping xmlns='urn:xmpp:ping'/></iq>";
    }

    @Test
    void updateFromTheDiscoveredServiceCounts() {
        network.inject("wave.c.test", "a.test", update("u1", "wave.c.test", "c.test"));
        assertThat(Xml.text(answer("u1")))
                .contains("<received")
                .contains("id='u1'")
                .doesNotContain("error");
        assertThat(node.wavelets.calls).containsExactly("update c.test wave://c.test/w+1/conv+root [AAA] -");
    }

    /** What a stream acknowledges (XEP-0198) is what is dealt with: an update is when its wavelet has stored it, not before. */
    @Test
    void updateIsDealtWithWhenItIsStored() throws Exception {
        CompletableFuture<Answer<Boolean>> stored = new CompletableFuture<>();
        node.wavelets.slowUpdate = Optional.of(stored);
        CompletableFuture<Void> handled = network.receive(
                        "wave.c.test", "a.test", update("u5", "wave.c.test", "c.test"))
                .handled()
                .toCompletableFuture();
        await().until(() -> node.wavelets.calls.contains("update c.test wave://c.test/w+1/conv+root [AAA] -"));
        network.inject("wave.c.test", "a.test", ping("u6", "wave.c.test"));
        answer("u6");
        assertThat(handled).isNotDone();
        assertThat(heard).hasSize(1);
        stored.complete(new Answer.Ok<>(true));
        handled.get(30, TimeUnit.SECONDS);
        answer("u5");
    }

    @Test
    void updateFromADomainThatDoesNotHostTheWaveletIsRefused() {
        network.inject("evil.test", "a.test", update("u2", "evil.test", "c.test"));
        assertThat(Xml.text(answer("u2"))).contains("not-authorized");
        assertThat(node.wavelets.calls).isEmpty();
    }

    @Test
    void updateOfAWaveletOfOursIsRefusedAndHasUsAskNobody() {
        network.inject("evil.test", "a.test", update("u5", "evil.test", "a.test"));
        assertThat(Xml.text(answer("u5"))).contains("not-authorized");
        assertThat(node.wavelets.calls).isEmpty();
        assertThat(network.dialled).extracting(DomainPair::remote).doesNotContain("a.test");
    }

    @Test
    void siblingNameOfTheServiceIsNotTheService() {
        network.inject("other.c.test", "a.test", update("u3", "other.c.test", "c.test"));
        assertThat(Xml.text(answer("u3"))).contains("not-authorized");
        assertThat(node.wavelets.calls).isEmpty();
    }

    @Test
    void userOfTheOtherDomainIsNotItsWaveServer() {
        network.inject("c.test", "a.test", update("u4", "mallory@c.test/home", "c.test"));
        assertThat(Xml.text(answer("u4"))).contains("not-authorized");
        assertThat(node.wavelets.calls).isEmpty();
    }

    @Test
    void waveNameThatDiscoveryDoesNotConfirmSpeaksOnlyForItself() {
        network.attach("wave.evil.test", PEER);
        network.inject(
                "wave.evil.test",
                "a.test",
                "<iq type='get' id='h1' from='wave.evil.test' to='a.test'>"
                        + "<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='wavelet'><delta-history"
                        + " xmlns='http://waveprotocol.org/protocol/0.2/waveserver' start-version='0'"
                        + " start-version-hash='AAAA' end-version='5' end-version-hash='AAAA'"
                        + " wavelet-name='wave://a.test/w+1/conv+root'/></items></pubsub></iq>");
        answer("h1");
        assertThat(node.wavelets.calls).containsExactly("history wave.evil.test 0 5 92160");
    }

    @Test
    void submitBehindItsSignerPostWaitsForIt() throws Exception {
        CompletableFuture<Answer<Boolean>> post = new CompletableFuture<>();
        node.wavelets.slowPost = Optional.of(post);
        String signature = "<iq type='set' id='p1' from='wave.c.test' to='a.test'><pubsub"
                + " xmlns='http://jabber.org/protocol/pubsub'><publish node='signer'><item><signature"
                + " xmlns='http://waveprotocol.org/protocol/0.2/waveserver' domain='c.test' algorithm='sha256'>"
                + "<certificate>QUFB</certificate></signature></item></publish></pubsub></iq>";
        String submit = "<iq type='set' id='s1' from='wave.c.test' to='a.test'><pubsub"
                + " xmlns='http://jabber.org/protocol/pubsub'><publish node='wavelet'><item><submit-request"
                + " xmlns='http://waveprotocol.org/protocol/0.2/waveserver'><delta"
                + " wavelet-name='wave://a.test/w+1/conv+root'>QUFB</delta></submit-request></item></publish></pubsub></iq>";
        network.inject("wave.c.test", "a.test", signature);
        network.inject("wave.c.test", "a.test", submit);
        await().until(() -> node.wavelets.calls.contains("post c.test c.test"));
        network.inject("wave.c.test", "a.test", ping("p2", "wave.c.test"));
        answer("p2");
        assertThat(node.wavelets.calls).containsExactly("post c.test c.test");
        post.complete(new Answer.Ok<>(true));
        answer("s1");
        assertThat(node.wavelets.calls)
                .containsExactly("post c.test c.test", "submit c.test wave://a.test/w+1/conv+root AAA");
    }

    @Test
    void anybodyMayPingAndAskWhatWeAre() {
        network.inject("evil.test", "a.test", ping("i1", "evil.test"));
        assertThat(answer("i1").attribute("type")).contains("result");
        network.inject(
                "evil.test",
                "a.test",
                "<iq type='get' id='i2' from='evil.test' to='a.test'>"
                        + "<query xmlns='http://jabber.org/protocol/disco#info'/></iq>");
        assertThat(Xml.text(answer("i2"))).contains("waveserver").contains("collaboration");
    }

    @Test
    void answersToNothingWeAskedAreCountedAndMakeNoLinks() throws Exception {
        network.inject(
                "evil.test",
                "a.test",
                "<message id='x.victim.test' from='evil.test' to='a.test'><received xmlns='urn:xmpp:receipts'/></message>");
        await().until(() -> node.links
                        .link("a.test", "evil.test")
                        .toCompletableFuture()
                        .get(5, TimeUnit.SECONDS)
                        .counters()
                        .unmatched()
                > 0);
        assertThat(node.links.links().toCompletableFuture().get(5, TimeUnit.SECONDS))
                .noneMatch(view -> view.remote().equals("victim.test"));
    }

    @Test
    void errorsAndPresenceGetNoAnswer() {
        network.inject("evil.test", "a.test", "<presence id='n1' from='evil.test' to='a.test' type='subscribe'/>");
        network.inject("evil.test", "a.test", "<message id='n2' type='error' from='evil.test' to='a.test'/>");
        network.inject("evil.test", "a.test", "<iq id='n3' type='error' from='evil.test' to='a.test'/>");
        network.inject("evil.test", "a.test", "<iq id='n4' type='result' from='evil.test' to='a.test'/>");
        network.inject("evil.test", "a.test", ping("n5", "evil.test"));
        answer("n5");
        assertThat(heard).hasSize(1);
    }
}
