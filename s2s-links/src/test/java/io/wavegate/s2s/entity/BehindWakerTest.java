package io.wavegate.s2s.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wavegate.persistence.journal.SetChange;
import io.wavegate.persistence.memory.InMemoryJournal;
import io.wavegate.s2s.stream.DomainPair;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BehindWakerTest {
    @Test
    void everyLinkThatSomethingIsBehindOnDialsAfterAStartPageByPage() throws Exception {
        InMemoryJournal journal = new InMemoryJournal();
        List<SetChange> behind = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            behind.add(SetChange.add("behind/a.test/p" + i + ".test", "wave://a.test/w+1/conv+root"));
        }
        behind.add(SetChange.add("behind/not-ours.test/p.test", "x"));
        behind.add(SetChange.add("behind/broken", "x"));
        journal.changeSets(behind).toCompletableFuture().get();
        try (FakeNetwork network = new FakeNetwork();
                TestNode node = new TestNode(
                        "a.test",
                        network,
                        journal,
                        "wavegate.s2s.links { settle = 10ms, wake-per-second = 3, retry-base = 10ms, retry-max = 50ms }")) {
            for (int i = 0; i < 5; i++) {
                DomainPair peer = new DomainPair("a.test", "p" + i + ".test");
                await().until(() -> network.dialled.contains(peer));
            }
            assertThat(network.dialled).noneMatch(pair -> pair.local().equals("not-ours.test"));
            assertThat(node.wavelets.reachable).isEmpty();
        }
    }
}
