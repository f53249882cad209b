package io.wavegate.s2s.entity;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.stream.DomainPair;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which link an answer belongs to is seen on every node of a cluster, and nobody else can say so. */
final class LinkIdsTest {
    private static final DomainPair LINK = new DomainPair("a.test", "b.test");
    private static final String SHARED = "service.test";

    private final LinkIds maker = new LinkIds(List.of("new secret", "old secret"), new Random(1));
    private final LinkIds other = new LinkIds(List.of("old secret", "new secret"), new Random(2));

    @Test
    void answerUnderASharedNameFindsItsLinkOnANodeThatDoesNotTalkToThatName() {
        ForeignServices elsewhere = new ForeignServices(other);
        assertThat(elsewhere.route("a.test", SHARED, maker.next(LINK))).isEqualTo("b.test");
    }

    @Test
    void idThatNoNodeMadeForThisLinkCountsForNothing() {
        ForeignServices elsewhere = new ForeignServices(other);
        String good = maker.next(LINK);
        String foreign = new LinkIds(List.of("another"), new Random(3)).next(LINK);
        for (String id : List.of(
                good.replace("b.test", "c.test"),
                foreign,
                "x." + "b.test",
                "",
                good.substring(1),
                "é".repeat(38) + ".b.test")) {
            assertThat(elsewhere.route("a.test", SHARED, id)).as(id).isEqualTo(SHARED);
        }
        assertThat(elsewhere.route("other.test", SHARED, good)).isEqualTo(SHARED);
    }

    @Test
    void nodesWithoutASecretKnowTheirOwnIds() {
        LinkIds alone = new LinkIds(List.of(), new Random(4));
        assertThat(new ForeignServices(alone).route("a.test", SHARED, alone.next(LINK)))
                .isEqualTo("b.test");
        assertThat(alone.next(LINK)).isNotEqualTo(alone.next(LINK));
    }

    @Test
    void idsOfTheReleaseBeforeAreKnownWhereTheirLinkIs() {
        ForeignServices here = new ForeignServices(maker);
        here.use(LINK, SHARED);
        assertThat(here.route("a.test", SHARED, "randomrandomrandomrand.b.test"))
                .isEqualTo("b.test");
        here.forget(LINK);
        assertThat(here.route("a.test", SHARED, "randomrandomrandomrand.b.test"))
                .isEqualTo(SHARED);
    }
}
