package io.wavegate.s2s.entity;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.wavegate.s2s.edge.EdgeEffect;
import io.wavegate.s2s.edge.EdgeRegister;
import io.wavegate.s2s.edge.FromEdge;
import io.wavegate.s2s.edge.ToEdge;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.OutgoingStream;
import io.wavegate.s2s.stream.S2sStreams;
import io.wavegate.s2s.stream.StreamEnd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When an edge that leaves tells which link, on a clock that the test has. */
class EdgeDepartureTest {
    private static final long BEGIN = 1_000_000;
    private static final long STEP = EdgeDeparture.step().toMillis();
    private static final StreamEnd CLOSED = new StreamEnd(StreamEnd.Reason.CONNECTION_LOST, "moved");

    private final EdgeRegister<String> register = new EdgeRegister<>(600_000, new EdgeRegister.Live() {
        @Override
        public boolean acknowledged(long stream) {
            return true;
        }

        @Override
        public long silentMillis(long stream) {
            return 0;
        }
    });
    private final Sockets sockets = new Sockets();
    private boolean handled = true;

    /** Of all links, each with an entity and one stream. */
    private record Told(String entity, long afterMillis) {}

    private EdgeDeparture<String> leave(int links, String spread, String within) {
        for (int i = 0; i < links; i++) {
            DomainPair link = new DomainPair("a.test", "d" + i + ".test");
            register.from(link, 1, "entity " + i, new ToEdge.Open(link, 1)).stream()
                    .filter(EdgeEffect.Dial.class::isInstance)
                    .map(effect -> ((EdgeEffect.Dial<String>) effect).attempt())
                    .forEach(register::opened);
        }
        EdgeSettings settings =
                EdgeSettings.from(ConfigFactory.parseString("leave-spread = " + spread + ", leave-within = " + within)
                        .withFallback(ConfigFactory.load().getConfig("wavegate.s2s.links.edge")));
        return new EdgeDeparture<>(register, () -> handled, sockets, settings, BEGIN);
    }

    private static List<Told> goOn(EdgeDeparture<String> departure, Duration until) {
        List<Told> told = new ArrayList<>();
        for (long after = 0; after <= until.toMillis() && !departure.isOver(); after += STEP) {
            for (EdgeEffect<String> effect : departure.goOn(BEGIN + after)) {
                assertThat(effect).isInstanceOfSatisfying(EdgeEffect.Tell.class, tell -> assertThat(tell.message())
                        .isEqualTo(new FromEdge.Leaving()));
                told.add(new Told(((EdgeEffect.Tell<String>) effect).entity(), after));
            }
        }
        return told;
    }

    @ParameterizedTest
    @CsvSource({"30, 1", "60, 1", "61, 2", "600, 10", "5000, 84"})
    void linksAreToldOneAfterTheOtherOverTheSpread(int links, int mostAtOnce) {
        List<Told> told = goOn(leave(links, "3s", "8s"), Duration.ofSeconds(7));
        assertThat(told.stream().map(Told::entity).distinct()).hasSize(links).hasSameSizeAs(told);
        assertThat(IntStream.iterate(0, after -> after <= 3_000, after -> after + (int) STEP))
                .allSatisfy(after -> assertThat(told.stream()
                                .filter(one -> one.afterMillis() == after)
                                .count())
                        .isLessThanOrEqualTo(mostAtOnce));
        assertThat(told.get(told.size() - 1).afterMillis())
                .as("the last one")
                .isBetween((links - 1L) / mostAtOnce * STEP, 3_000 - STEP);
    }

    @Test
    void withoutASpreadAllAreToldAtOnce() {
        List<Told> told = goOn(leave(100, "0s", "8s"), Duration.ofSeconds(1));
        assertThat(told).hasSize(100).allMatch(one -> one.afterMillis() == 0);
    }

    @Test
    void whatPeersOpenedIsEndedWhenOurLinksUseOthersAndTheEdgeLeavesWhenAllIsHandled() {
        EdgeDeparture<String> departure = leave(3, "100ms", "10m");
        CompletableFuture<Boolean> left = new CompletableFuture<>();
        departure.whenLeft(left);
        sockets.accepted = 2;
        assertThat(sockets.accepting).isFalse();
        assertThat(goOn(departure, Duration.ofMinutes(1))).hasSize(3);
        assertThat(sockets.closing).as("streams of ours are in use").isFalse();

        new HashSet<>(List.of(1L, 2L, 3L)).forEach(id -> register.ended(id, CLOSED, List.of()));
        goOn(departure, Duration.ofMinutes(1));
        assertThat(sockets.closing).isTrue();
        assertThat(left).isNotDone();

        sockets.accepted = 0;
        handled = false;
        goOn(departure, Duration.ofMinutes(1));
        assertThat(left).as("something is not handled").isNotDone();
        handled = true;
        goOn(departure, Duration.ZERO);
        assertThat(left).isCompletedWithValue(true);
    }

    @Test
    void whoeverDoesNotGoIsWaitedForNoLongerThanItMayTake() {
        EdgeDeparture<String> departure = leave(3, "100ms", "8s");
        goOn(departure, Duration.ofMillis(7_950));
        assertThat(departure.isOver()).isFalse();
        departure.goOn(BEGIN + 8_000);
        assertThat(departure.isOver()).isTrue();
    }

    /** What an edge does with its sockets when it leaves. */
    private static final class Sockets implements S2sStreams {
        private int accepted;
        private boolean accepting = true;
        private boolean closing;

        @Override
        public CompletionStage<OutgoingStream> open(DomainPair pair) {
            throw new AssertionError("nothing is opened here");
        }

        @Override
        public void forget(String domain) {
            throw new AssertionError("nothing is looked up here");
        }

        @Override
        public void closeAccepted(Predicate<DomainPair> which) {
            closing = true;
        }

        @Override
        public void stopAccepting() {
            accepting = false;
        }

        @Override
        public int accepted() {
            return accepted;
        }

        @Override
        public void close() {
            throw new AssertionError("closed later");
        }
    }
}
