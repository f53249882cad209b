package io.wavegate.wavelet.entity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReplacementSlotsTest {
    @Test
    void oneDomainHasHalfAtMostAndWhatIsGivenBackIsThereForAll() {
        ReplacementSlots slots = new ReplacementSlots(4);
        assertThat(slots.take("a.test")).isTrue();
        assertThat(slots.take("a.test")).isTrue();
        assertThat(slots.take("a.test")).isFalse();
        assertThat(slots.take("b.test")).isTrue();
        assertThat(slots.take("c.test")).isTrue();
        assertThat(slots.take("d.test")).as("no more in all").isFalse();
        slots.give("a.test");
        assertThat(slots.take("d.test")).isTrue();
        assertThat(slots.take("a.test")).isFalse();
    }

    @Test
    void aSinglePlaceIsAnybodys() {
        ReplacementSlots slots = new ReplacementSlots(1);
        assertThat(slots.take("a.test")).isTrue();
        assertThat(slots.take("b.test")).isFalse();
        slots.give("a.test");
        assertThat(slots.take("b.test")).isTrue();
    }
}
