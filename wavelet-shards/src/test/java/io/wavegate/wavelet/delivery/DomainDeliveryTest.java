package io.wavegate.wavelet.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What one remote domain is told, and when. */
class DomainDeliveryTest {
    private static final DeliveryLimits LIMITS = new DeliveryLimits(100, 250, 3, 1_000, 4_000, 3);

    private final DomainDelivery joined = DomainDelivery.joined(10).tell(10, 12, false);

    private static DomainDelivery send(DomainDelivery delivery, long until, long now) {
        NextUpdate next = delivery.next(LIMITS, now).orElseThrow();
        return delivery.withPreparing().sent(delivery.run(), next.from(), until, 100);
    }

    @Test
    void aDomainIsToldFromTheDeltaThatAddsIt() {
        assertThat(joined.next(LIMITS, 0)).contains(new NextUpdate(10, 12, 100));
        assertThat(send(joined, 12, 0).next(LIMITS, 0)).isEmpty();
    }

    @Test
    void whileDeltasAreBeingReadNothingElseIsPrepared() {
        assertThat(joined.withPreparing().next(LIMITS, 0)).isEmpty();
    }

    @Test
    void noMoreGoesThanTheWindowHolds() {
        DomainDelivery behind = joined.tell(98, 100, false);
        DomainDelivery full = send(send(send(behind, 12, 0), 20, 0), 30, 0);
        assertThat(full.next(LIMITS, 0)).isEmpty();
        assertThat(full.receipt(0, 10).next(LIMITS, 0)).contains(new NextUpdate(30, 100, 100));
    }

    @Test
    void aReceiptCountsForAllThatWasSentBefore() {
        DomainDelivery two = send(send(joined.tell(12, 30, false), 20, 0), 30, 0);
        DomainDelivery later = two.receipt(0, 20);
        assertThat(later.acked()).isEqualTo(30);
        assertThat(later.receipt(0, 10)).as("late").isEqualTo(later);
        assertThat(later.unanswered(0, 10, LIMITS, 9_000)).as("lost").isEqualTo(later);
        DomainDelivery first = two.receipt(0, 10);
        assertThat(first.acked()).isEqualTo(20);
        assertThat(first.unanswered(0, 20, LIMITS, 9_000).failures()).isEqualTo(1);
    }

    @Test
    void wherePeersGiveNoReceiptsTheirReturnBringsOneTryAndThenRest() {
        DomainDelivery delivery = joined.tell(90, 100, false);
        long now = 0;
        for (int i = 0; i < 4; i++) {
            now = Math.max(now, delivery.retryAtMillis().orElse(0));
            delivery = send(delivery, 100, now).unanswered(i, i < 2 ? 10 : 90, LIMITS, now);
        }
        assertThat(delivery.atRest()).isTrue();
        DomainDelivery again = send(delivery.reachable(LIMITS), 100, now);
        assertThat(again.flights()).containsExactly(new Flight(90, 100, 100));
        assertThat(again.unanswered(again.run(), 90, LIMITS, now).atRest()).isTrue();
    }

    @Test
    void aFailureForgetsWhatIsUnderWayAndPausesLongerEachTime() {
        DomainDelivery once = send(joined, 12, 0).failed(0, LIMITS, 5_000);
        assertThat(once.flights()).isEmpty();
        assertThat(once.next(LIMITS, 5_999)).isEmpty();
        assertThat(once.next(LIMITS, 6_000)).contains(new NextUpdate(10, 12, 100));
        DomainDelivery twice = send(once, 12, 6_000).failed(1, LIMITS, 7_000);
        assertThat(twice.retryAtMillis()).hasValue(9_000);
        assertThat(twice.receipt(0, 10)).as("a receipt of an earlier run").isEqualTo(twice);
    }

    @Test
    void whereReceiptsStayOutOnlyTheNewestDeltaIsOffered() {
        DomainDelivery behind = joined.tell(90, 100, false);
        DomainDelivery once = send(behind, 20, 0).failed(0, LIMITS, 0);
        DomainDelivery twice = send(once, 20, 1_000).failed(1, LIMITS, 1_000);
        assertThat(twice.next(LIMITS, 3_000)).contains(new NextUpdate(90, 100, 100));
        DomainDelivery offered = send(twice, 100, 3_000);
        assertThat(offered.receipt(2, 90).complete())
                .as("its receipt is as good as all")
                .isTrue();
    }

    @Test
    void triesEndUntilThereIsANewDeltaOrTheDomainReturns() {
        DomainDelivery delivery = joined;
        long now = 0;
        for (int i = 0; i < 4; i++) {
            now = Math.max(now, delivery.retryAtMillis().orElse(0));
            delivery = send(delivery, 12, now).failed(i, LIMITS, now);
        }
        assertThat(delivery.atRest()).isTrue();
        assertThat(delivery.next(LIMITS, now + 1_000_000)).isEmpty();
        assertThat(delivery.tell(12, 13, false).next(LIMITS, now)).contains(new NextUpdate(12, 13, 100));
        assertThat(delivery.reachable(LIMITS).next(LIMITS, now)).contains(new NextUpdate(10, 12, 100));
    }

    @Test
    void afterARestartItGoesOnFromTheHintOrOffersTheNewest() {
        assertThat(DomainDelivery.restored(OptionalLong.of(5), 90, 100, false).next(LIMITS, 0))
                .contains(new NextUpdate(5, 100, 100));
        assertThat(DomainDelivery.restored(OptionalLong.empty(), 90, 100, false).next(LIMITS, 0))
                .contains(new NextUpdate(90, 100, 100));
        assertThat(DomainDelivery.restored(OptionalLong.of(100), 90, 100, false).atRest())
                .isTrue();
    }

    @Test
    void itIsNotAtRestWhileItsMarkStands() {
        DomainDelivery marked = send(joined.withMark(BehindMark.PRESENT), 12, 0).receipt(0, 10);
        assertThat(marked.complete()).isTrue();
        assertThat(marked.atRest()).isFalse();
        assertThat(marked.withMark(BehindMark.ABSENT).atRest()).isTrue();
    }
}
