package io.wavegate.s2s.federation;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.Xml;
import io.wavegate.s2s.federation.Discovery.Failure;
import io.wavegate.s2s.federation.Discovery.Kind;
import io.wavegate.s2s.federation.Discovery.Query;
import io.wavegate.s2s.federation.Discovery.Status;
import io.wavegate.s2s.xml.XmlElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DiscoveryTest {
    private static final long T0 = 1_000_000;

    private final Discovery discovery = new Discovery("b.test", DiscoverySettings.reference(), new Random(1));

    private static XmlElement items(List<String> jids) {
        StringBuilder items = new StringBuilder();
        jids.forEach(jid -> items.append("<item jid='").append(jid).append("'/>"));
        return Xml.stanza(
                "<iq type='result'><query xmlns='http://jabber.org/protocol/disco#items'>" + items + "</query></iq>");
    }

    private static XmlElement info(boolean wave) {
        return Xml.stanza("<iq type='result'><query xmlns='http://jabber.org/protocol/disco#info'>"
                + "<identity category='collaboration' type='google-wave'/>"
                + (wave ? "<feature var='http://waveprotocol.org/protocol/0.2/waveserver'/>" : "") + "</query></iq>");
    }

    private static List<String> asked(List<Query> queries) {
        assertThat(queries).allMatch(query -> query.kind() == Kind.INFO && query.timeoutMillis() == 20_000);
        return queries.stream().map(Query::to).toList();
    }

    @Test
    void itemsAreAskedFiveTimesEachOnlyAfterATimeoutAndMeanwhileTheNamesThatAreAskedInAnyCase() {
        List<Long> seconds = new ArrayList<>();
        List<Query> infos = new ArrayList<>();
        List<Query> queries = discovery.start(T0);
        while (!queries.isEmpty()) {
            Query items = queries.get(0);
            assertThat(items.kind()).isEqualTo(Kind.ITEMS);
            seconds.add(items.timeoutMillis() / 1000);
            infos.addAll(queries.subList(1, queries.size()));
            queries = discovery.failed(items, Failure.TIMEOUT, "no answer");
        }
        long[] base = {15, 30, 60, 120, 240};
        assertThat(seconds).hasSize(5);
        IntStream.range(0, 5).forEach(i -> assertThat(seconds.get(i)).isBetween(base[i], base[i] + 2));
        assertThat(asked(infos)).containsExactly("b.test", "wave.b.test");
        discovery.answered(infos.get(0), info(false));
        assertThat(discovery.status(T0)).isInstanceOf(Status.Running.class);
        discovery.answered(infos.get(1), info(true));
        assertThat(discovery.status(T0)).isInstanceOf(Status.Found.class);
    }

    @Test
    void aLateListAddsWhatWasNotAskedYetAndNothingIsGivenUpBefore() {
        List<Query> queries = discovery.failed(discovery.start(T0).get(0), Failure.TIMEOUT, "no answer");
        queries.subList(1, 3).forEach(query -> discovery.failed(query, Failure.ERROR, "not there"));
        assertThat(discovery.status(T0)).isInstanceOf(Status.Running.class);
        List<Query> late = discovery.answered(queries.get(0), items(List.of("wave.b.test", "x.b.test")));
        assertThat(asked(late)).containsExactly("x.b.test");
        discovery.answered(late.get(0), info(true));
        assertThat(discovery.status(T0)).isInstanceOf(Status.Found.class);
    }

    @Test
    void aServiceThatSpeaksIsLookedForAgainWhateverWasBelieved() {
        List<Query> queries = discovery.answered(discovery.start(T0).get(0), items(List.of()));
        queries.forEach(query -> discovery.failed(query, Failure.ERROR, "not there"));
        assertThat(discovery.expect("wave.elsewhere.test")).isFalse();
        assertThat(discovery.expect("b.test"))
                .as("its XMPP server is no wave service")
                .isFalse();
        assertThat(discovery.status(T0)).isInstanceOf(Status.NotFound.class);
        assertThat(discovery.expect("wave.b.test")).isTrue();
        assertThat(discovery.status(T0)).isInstanceOf(Status.Unknown.class);
        assertThat(discovery.mayBecomeSpeaker("wave.b.test")).isTrue();
        discovery.start(T0);
        assertThat(discovery.expect("wave.b.test")).as("being looked for").isFalse();
    }

    @Test
    void errorEndsTheAttempts() {
        Query items = discovery.start(T0).get(0);
        assertThat(asked(discovery.failed(items, Failure.ERROR, "service-unavailable")))
                .containsExactly("b.test", "wave.b.test");
    }

    @Test
    void firstWithTheFeatureWinsWhateverItsIdentity() {
        List<Query> queries = discovery.answered(discovery.start(T0).get(0), items(List.of("x.b.test")));
        assertThat(asked(queries)).containsExactly("b.test", "wave.b.test", "x.b.test");
        discovery.answered(queries.get(0), info(false));
        discovery.answered(queries.get(2), info(true));
        discovery.answered(queries.get(1), info(true));
        assertThat(discovery.status(T0)).isEqualTo(new Status.Found("x.b.test", T0 + 7_200_000));
        assertThat(discovery.isSpeaker("wave.b.test")).isTrue();
        assertThat(discovery.isSpeaker("b.test")).isFalse();
        assertThat(discovery.status(T0 + 7_200_000)).isInstanceOf(Status.Unknown.class);
    }

    @Test
    void allWithoutTheFeatureIsBelievedForFiveMinutesFromTheStart() {
        List<Query> queries = discovery.answered(discovery.start(T0).get(0), items(List.of()));
        discovery.answered(queries.get(0), info(false));
        discovery.failed(queries.get(1), Failure.UNREACHABLE, "no such name");
        assertThat(discovery.status(T0 + 299_999))
                .isInstanceOfSatisfying(Status.NotFound.class, none -> assertThat(none.answered())
                        .isTrue());
        assertThat(discovery.status(T0 + 300_000)).isInstanceOf(Status.Unknown.class);
    }

    @Test
    void aSearchThatTookLongerThanItsOutcomeIsBelievedHasEndedNonetheless() {
        List<Query> queries = discovery.answered(discovery.start(T0).get(0), items(List.of()));
        queries.forEach(query -> discovery.answered(query, info(false)));
        assertThat(discovery.outcome()).isInstanceOf(Status.NotFound.class);
        assertThat(discovery.status(T0 + 400_000)).isInstanceOf(Status.Unknown.class);
    }

    @Test
    void nobodyReachedIsNoFactAboutTheDomain() {
        Query items = discovery.start(T0).get(0);
        discovery
                .failed(items, Failure.UNREACHABLE, "refused")
                .forEach(query -> discovery.failed(query, Failure.UNREACHABLE, "refused"));
        assertThat(discovery.status(T0 + 10_000_000))
                .isInstanceOfSatisfying(Status.NotFound.class, none -> assertThat(none.answered())
                        .isFalse());
    }

    @Test
    void strangersListIsBoundedAndOnlyBareDomainsAreAsked() {
        List<String> jids =
                new ArrayList<>(List.of("user@b.test", "b.test/x", "127.0.0.1", "", "-.b.test", "other.test"));
        IntStream.range(0, 10_000).forEach(i -> jids.add("s" + i + ".b.test"));
        List<String> asked = asked(discovery.answered(discovery.start(T0).get(0), items(jids)));
        assertThat(asked).hasSize(8).startsWith("b.test", "wave.b.test").doesNotContain("other.test");
    }

    @Test
    void addressOfAnotherDomainIsAskedUnderItsOwnName() {
        assertThat(asked(discovery.answered(discovery.start(T0).get(0), items(List.of("Hosting.Example")))))
                .containsExactly("b.test", "wave.b.test", "hosting.example");
    }

    @Test
    void answersToAnEarlierSearchDoNotCount() {
        List<Query> old = discovery.answered(discovery.start(T0).get(0), items(List.of()));
        discovery.start(T0 + 1);
        discovery.answered(old.get(0), info(true));
        assertThat(discovery.status(T0 + 1)).isInstanceOf(Status.Running.class);
    }
}
