package io.wavegate.s2s.seat;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.seat.DialTurn.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One node is connected as a component, and stays it. */
final class DialTurnTest {
    @Test
    void oldestBeginsWhenNobodyHasTheTurn() {
        assertThat(DialTurn.next("a", List.of("a", "b"), List.of(), true)).isEqualTo(Step.BEGIN);
        assertThat(DialTurn.next("b", List.of("a", "b"), List.of(), true)).isEqualTo(Step.STAY);
        assertThat(DialTurn.next("b", List.of(), List.of(), true)).isEqualTo(Step.STAY);
    }

    @Test
    void nobodyBeginsWhileOthersMayNotHaveBeenHeardOf() {
        assertThat(DialTurn.next("a", List.of("a"), List.of(), false)).isEqualTo(Step.STAY);
    }

    @Test
    void whoHasTheTurnKeepsItWhenAnOlderOneComes() {
        assertThat(DialTurn.next("b", List.of("a", "b"), List.of("b"), true)).isEqualTo(Step.STAY);
        assertThat(DialTurn.next("a", List.of("a", "b"), List.of("b"), true)).isEqualTo(Step.STAY);
    }

    @Test
    void ofTwoThatBeganAtOnceTheYoungerEnds() {
        assertThat(DialTurn.next("a", List.of("a", "b"), List.of("a", "b"), true))
                .isEqualTo(Step.STAY);
        assertThat(DialTurn.next("b", List.of("a", "b"), List.of("a", "b"), true))
                .isEqualTo(Step.END);
    }
}
