package io.wavegate.node.fake;

import io.wavegate.cluster.members.ClusterOperations;
import io.wavegate.cluster.members.MemberView;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Two members, of which one cannot be reached. */
final class FakeCluster implements ClusterOperations {
    private final List<String> asked;

    FakeCluster(List<String> asked) {
        this.asked = asked;
    }

    @Override
    public CompletionStage<List<MemberView>> members() {
        return CompletableFuture.completedFuture(List.of(
                new MemberView(
                        "10.0.0.1:7355",
                        Set.of("edge", "shard"),
                        "up",
                        "1.0.0",
                        true,
                        true,
                        true,
                        Map.of("wavelet", Map.of("7", 2, "8", 1), "link", Map.of())),
                new MemberView(
                        "10.0.0.2:7355",
                        Set.of("shard"),
                        "up",
                        "1.0.0",
                        false,
                        false,
                        false,
                        Map.of("wavelet", Map.of(), "link", Map.of("9", 1)))));
    }

    @Override
    public boolean leave(String node) {
        asked.add("leave " + node);
        return node.startsWith("10.");
    }

    @Override
    public boolean down(String node) {
        asked.add("down " + node);
        return node.startsWith("10.");
    }
}
