package io.wavegate.s2s.seat;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.xml.XmlElement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Over a way that loses and keeps order, each batch is carried out once, in order, and its outcome is known in the end. */
final class DeliveriesPropertyTest {
    private static final int BATCHES = 40;
    private static final List<XmlElement> STANZAS =
            List.of(XmlElement.builder("jabber:server", "message").build());

    @Property(tries = 200)
    void everyBatchIsWrittenOnceInOrderAndItsOutcomeArrives(@ForAll Random random) {
        new Run(random).run();
    }

    /** One try. */
    private static final class Run {
        private final Random random;
        private final Deque<ToSeat> there = new ArrayDeque<>();
        private final Deque<FromSeat.Progress> back = new ArrayDeque<>();
        private final List<Long> carriedOut = new ArrayList<>();
        private final Deque<Long> unsettled = new ArrayDeque<>();
        private final Map<Integer, Delivery> known = new HashMap<>();
        private final Deliveries<Integer> deliveries = new Deliveries<>(10);
        private final DeliveryReceipts receipts = new DeliveryReceipts();

        Run(Random random) {
            this.random = random;
        }

        void run() {
            long now = 0;
            for (int added = 0; added < BATCHES || !deliveries.isEmpty(); now += random.nextInt(8)) {
                boolean lossy = now < 2_000;
                if (added < BATCHES && random.nextBoolean()) {
                    send(deliveries.add(added++, random.nextBoolean(), STANZAS, now), lossy);
                }
                deliveries.tick(now).forEach(message -> send(message, lossy));
                arrive(lossy);
                FromSeat.Progress progress = back.poll();
                if (progress != null) {
                    deliveries.progress(progress, now).forEach(outcome -> assertThat(
                                    known.put(outcome.token(), outcome.delivery()))
                            .isNull());
                }
                assertThat(now).as("it comes to an end").isLessThan(100_000);
            }
            assertThat(carriedOut)
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, BATCHES)
                            .mapToObj(i -> (long) i)
                            .toList());
            assertThat(known).hasSize(BATCHES);
            known.forEach((token, delivery) -> assertThat(delivery).isEqualTo(outcome(token + 1)));
            assertThat(receipts.all(BATCHES + 1).settled()).isEmpty();
        }

        private static Delivery outcome(long number) {
            return Delivery.values()[(int) (number % 3)];
        }

        private void send(ToSeat message, boolean lossy) {
            if (!lossy || random.nextInt(4) > 0) {
                there.add(message);
            }
        }

        private void arrive(boolean lossy) {
            ToSeat message = there.poll();
            if (message instanceof ToSeat.Deliver deliver) {
                if (receipts.take(deliver)) {
                    carriedOut.add(deliver.number());
                    unsettled.add(deliver.number());
                } else {
                    answer(receipts.all(deliver.floor()), lossy);
                }
            } else if (message instanceof ToSeat.Look look) {
                answer(receipts.all(look.floor()), lossy);
            }
            Long number = random.nextBoolean() ? unsettled.poll() : null;
            if (number != null) {
                answer(receipts.settled(number, outcome(number)), lossy);
            }
        }

        private void answer(FromSeat.Progress progress, boolean lossy) {
            if (!lossy || random.nextInt(4) > 0) {
                back.add(progress);
            }
        }
    }
}
