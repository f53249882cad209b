package io.wavegate.s2s.seat;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.xml.XmlElement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class DeliveriesTest {
    private static final long RESEND = 1_000;
    private static final int MANY = 40;
    private static final List<XmlElement> STANZAS =
            List.of(XmlElement.builder("jabber:server", "message").build());

    private final Deliveries<Integer> deliveries = new Deliveries<>(RESEND);
    private final DeliveryReceipts receipts = new DeliveryReceipts();
    private final List<Long> written = new ArrayList<>();

    /** The seat answers every batch behind the lost one, none of which it can write: that is no reason to wait longer. */
    @Test
    void whatWasLostIsSaidAgainInTimeHoweverManyComeBehindIt() {
        long now = 0;
        deliveries.add(0, true, STANZAS, now);
        for (int i = 1; i <= MANY; i++) {
            now += RESEND / 10;
            arrives(deliveries.add(i, true, STANZAS, now), now);
            for (ToSeat again : deliveries.tick(now)) {
                arrives((ToSeat.Deliver) again, now);
            }
        }
        assertThat(written)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, MANY + 1).boxed().toList());
        assertThat(deliveries.isEmpty()).isTrue();
    }

    @Test
    void whileAComponentTakesItsTimeTheSeatIsAskedAndStanzasAreNotSaidAgain() {
        receipts.take(deliveries.add(0, true, STANZAS, 0));
        deliveries.progress(receipts.all(1), 10);
        assertThat(deliveries.tick(RESEND + 10)).containsExactly(new ToSeat.Look(1));
        deliveries.progress(receipts.all(1), RESEND + 20);
        assertThat(deliveries.tick(2 * RESEND - 1)).isEmpty();
        assertThat(deliveries.tick(2 * RESEND + 10)).containsExactly(new ToSeat.Look(1));
        assertThat(deliveries.progress(receipts.settled(1, Delivery.WRITTEN), 2 * RESEND + 20))
                .containsExactly(new Deliveries.Outcome<>(0, Delivery.WRITTEN));
    }

    private void arrives(ToSeat.Deliver deliver, long now) {
        boolean next = receipts.take(deliver);
        if (next) {
            written.add(deliver.number());
        }
        deliveries.progress(
                next ? receipts.settled(deliver.number(), Delivery.WRITTEN) : receipts.all(deliver.floor()), now);
    }
}
