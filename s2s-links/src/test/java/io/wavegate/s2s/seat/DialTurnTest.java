package io.wavegate.s2s.seat;

import static io.wavegate.s2s.seat.DialEffort.State.FINE;
import static io.wavegate.s2s.seat.DialEffort.State.IN_VAIN;
import static io.wavegate.s2s.seat.DialEffort.State.RESTED;
import static io.wavegate.s2s.seat.DialEffort.State.RESTING;
import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.seat.DialTurn.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One node is connected as a component, and stays it. */
final class DialTurnTest {
    @Test
    void oldestBeginsWhenNobodyHasTheTurn() {
        assertThat(DialTurn.next("a", FINE, List.of("a", "b"), List.of(), true)).isEqualTo(Step.BEGIN);
        assertThat(DialTurn.next("b", FINE, List.of("a", "b"), List.of(), true)).isEqualTo(Step.STAY);
        assertThat(DialTurn.next("b", FINE, List.of(), List.of(), true)).isEqualTo(Step.STAY);
    }

    @Test
    void nobodyBeginsWhileOthersMayNotHaveBeenHeardOf() {
        assertThat(DialTurn.next("a", FINE, List.of("a"), List.of(), false)).isEqualTo(Step.STAY);
    }

    @Test
    void whoHasTheTurnKeepsItWhenAnOlderOneComes() {
        assertThat(DialTurn.next("b", FINE, List.of("a", "b"), List.of("b"), true))
                .isEqualTo(Step.STAY);
        assertThat(DialTurn.next("a", FINE, List.of("a", "b"), List.of("b"), true))
                .isEqualTo(Step.STAY);
    }

    @Test
    void ofTwoThatBeganAtOnceTheYoungerEnds() {
        assertThat(DialTurn.next("a", FINE, List.of("a", "b"), List.of("a", "b"), true))
                .isEqualTo(Step.STAY);
        assertThat(DialTurn.next("b", FINE, List.of("a", "b"), List.of("a", "b"), true))
                .isEqualTo(Step.END);
    }

    @Test
    void whoTriesInVainPassesTheTurnOnIfThereIsAnother() {
        assertThat(DialTurn.next("a", IN_VAIN, List.of("a", "b"), List.of("a"), true))
                .isEqualTo(Step.PASS);
        assertThat(DialTurn.next("a", IN_VAIN, List.of("a"), List.of("a"), true))
                .isEqualTo(Step.STAY);
    }

    @Test
    void whoRestsBeginsNothingUntilAllOthersHadTheirTurnOrAreGone() {
        assertThat(DialTurn.next("a", RESTING, List.of("a", "b"), List.of(), true))
                .as("the list may be of before")
                .isEqualTo(Step.STAY);
        assertThat(DialTurn.next("a", RESTED, List.of("b"), List.of("b"), true)).isEqualTo(Step.RETURN);
        assertThat(DialTurn.next("a", RESTING, List.of(), List.of(), true)).isEqualTo(Step.RETURN);
        assertThat(DialTurn.next("a", RESTING, List.of(), List.of(), false)).isEqualTo(Step.STAY);
    }

    /** Of this many edges one alone reaches the server, whichever: it has the turn in the end, and keeps it. */
    @ParameterizedTest
    @CsvSource({"2, 0", "2, 1", "3, 0", "3, 1", "3, 2", "5, 4"})
    void theOneThatReachesTheServerIsConnectedAfterEachHadATurnAtMost(int edges, int reaching) {
        DialWorld world = new DialWorld(edges, reaching);
        for (int second = 0; second < (edges + 1) * DialWorld.PASS_AFTER; second++) {
            world.step();
        }
        assertThat(world.holders()).containsExactly(reaching);
        for (int second = 0; second < 10 * DialWorld.PASS_AFTER; second++) {
            world.step();
            assertThat(world.holders()).containsExactly(reaching);
        }
    }

    @Test
    void nobodyReachesItAndEachTriesAgainAndAgain() {
        DialWorld world = new DialWorld(3, -1);
        for (int second = 0; second < 20 * DialWorld.PASS_AFTER; second++) {
            world.step();
        }
        assertThat(world.turns).hasSize(3).allSatisfy((edge, turns) -> assertThat(turns)
                .isGreaterThan(3));
    }

    /** Edges whose lists are of a second ago; one of them reaches the server. */
    private static final class DialWorld {
        static final int PASS_AFTER = 60;
        final Map<Integer, Integer> turns = new TreeMap<>();
        private final int reaching;
        private final List<DialEffort> efforts = new ArrayList<>();
        private List<Integer> candidates;
        private List<Integer> holders = List.of();
        private long now;

        DialWorld(int edges, int reaching) {
            this.reaching = reaching;
            candidates = IntStream.range(0, edges).boxed().toList();
            candidates.forEach(edge -> efforts.add(new DialEffort(PASS_AFTER)));
        }

        List<Integer> holders() {
            return holders;
        }

        void step() {
            now++;
            TreeSet<Integer> nextCandidates = new TreeSet<>(candidates);
            TreeSet<Integer> nextHolders = new TreeSet<>(holders);
            for (int edge = 0; edge < efforts.size(); edge++) {
                DialEffort effort = efforts.get(edge);
                DialEffort.State state = effort.state(holders.contains(edge) && edge == reaching, now);
                switch (DialTurn.next(edge, state, candidates, holders, true)) {
                    case BEGIN -> {
                        effort.begun(now);
                        nextHolders.add(edge);
                        turns.merge(edge, 1, Integer::sum);
                    }
                    case PASS -> {
                        effort.rest(candidates.size(), now);
                        effort.ended();
                        nextHolders.remove(edge);
                        nextCandidates.remove(edge);
                    }
                    case END -> {
                        effort.ended();
                        nextHolders.remove(edge);
                    }
                    case RETURN -> {
                        effort.returned();
                        nextCandidates.add(edge);
                    }
                    case STAY -> {}
                }
            }
            candidates = List.copyOf(nextCandidates);
            holders = List.copyOf(nextHolders);
        }
    }
}
