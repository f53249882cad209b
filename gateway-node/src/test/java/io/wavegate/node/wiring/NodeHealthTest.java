package io.wavegate.node.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.persistence.journal.Journal;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class NodeHealthTest {
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger looks = new AtomicInteger();
    private List<String> fitness = List.of();

    @Test
    void readyIsLookedAtOnceASecondHoweverManyAsk() throws Exception {
        NodeHealth health = health(() -> CompletableFuture.completedFuture(List.of()));
        assertThat(problems(health)).isEmpty();
        assertThat(problems(health)).isEmpty();
        assertThat(looks).hasValue(1);
        nanos.addAndGet(Duration.ofMillis(1_001).toNanos());
        assertThat(problems(health)).isEmpty();
        assertThat(looks).hasValue(2);
    }

    @Test
    void aJournalThatRefusesOrDoesNotAnswerIsNamed() throws Exception {
        assertThat(problems(health(() -> CompletableFuture.failedFuture(new IllegalStateException("no quorum")))))
                .singleElement()
                .asString()
                .contains("the journal cannot be read", "no quorum");
        assertThat(problems(health(CompletableFuture::new)))
                .singleElement()
                .asString()
                .contains("does not answer within 3 s");
    }

    @Test
    void whatKeepsTheMemberFromServingIsNamedBesideTheJournal() throws Exception {
        fitness = List.of("no coordinator answers");
        assertThat(problems(health(() -> CompletableFuture.completedFuture(List.of()))))
                .containsExactly("no coordinator answers");
        assertThat(problems(health(() -> CompletableFuture.failedFuture(new IllegalStateException("no quorum")))))
                .hasSize(2)
                .startsWith("no coordinator answers");
    }

    private NodeHealth health(Supplier<CompletableFuture<List<String>>> answer) {
        Journal journal = (Journal) Proxy.newProxyInstance(
                Journal.class.getClassLoader(), new Class<?>[] {Journal.class}, (self, method, arguments) -> {
                    looks.incrementAndGet();
                    return answer.get();
                });
        return new NodeHealth(
                () -> true, () -> true, () -> CompletableFuture.completedFuture(fitness), journal, nanos::get);
    }

    private static List<String> problems(NodeHealth health) throws Exception {
        return health.problems().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
