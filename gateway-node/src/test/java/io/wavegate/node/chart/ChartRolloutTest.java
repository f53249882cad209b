package io.wavegate.node.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which pods an upgrade changes, by what Helm finds in Kubernetes. */
final class ChartRolloutTest {
    private static final String OLD = "image: { tag: \"1.0.0\" }";
    private static final String NEW = "image: { tag: \"1.1.0\" }";
    private static final int EDGES = 2;

    @TempDir
    private static Path folder;

    private static ChartFixture helm;
    private static JsonNode old;
    private static JsonNode updated;

    @BeforeAll
    static void render() throws Exception {
        helm = new ChartFixture(folder);
        old = helm.render(OLD).nodes("shard");
        updated = helm.render(NEW).nodes("shard");
    }

    @BeforeEach
    void nothingIsThere() {
        helm.live.are(Optional.empty());
    }

    @AfterAll
    static void stop() throws Exception {
        helm.close();
    }

    @Test
    void whereNothingIsAllNodesAreStarted() throws Exception {
        assertThat(heldEdges(NEW)).isZero();
    }

    @Test
    void edgesWaitUntilAllShardNodesAreUpdatedAndReady() throws Exception {
        helm.live.are(Optional.of(live(old, 1, 1, 3, 3)));
        assertThat(heldEdges(NEW)).as("not begun").isEqualTo(EDGES);
        helm.live.are(Optional.of(live(updated, 2, 1, 3, 3)));
        assertThat(heldEdges(NEW)).as("not seen by Kubernetes yet").isEqualTo(EDGES);
        helm.live.are(Optional.of(live(updated, 2, 2, 2, 3)));
        assertThat(heldEdges(NEW)).as("one is missing").isEqualTo(EDGES);
        helm.live.are(Optional.of(live(updated, 2, 2, 3, 2)));
        assertThat(heldEdges(NEW)).as("the last one is not ready").isEqualTo(EDGES);
        helm.live.are(Optional.of(live(updated, 2, 2, 3, 3)));
        assertThat(heldEdges(NEW)).as("all are there").isZero();
    }

    /** A configuration that changes is an update as well. */
    @Test
    void edgesWaitForAChangedConfigurationToo() throws Exception {
        String changed = "config: \"wavegate.wavelets.shards = 1000\"";
        helm.live.are(Optional.of(live(helm.render("").nodes("shard"), 1, 1, 3, 3)));
        assertThat(heldEdges("")).isZero();
        assertThat(heldEdges(changed)).isEqualTo(EDGES);
        assertThat(helm.render(changed).nodes("shard").at("/spec/template"))
                .isNotEqualTo(helm.render("").nodes("shard").at("/spec/template"));
    }

    @Test
    void theOrderIsTheOperatorsWhereSheSaysSo() throws Exception {
        helm.live.are(Optional.of(live(old, 1, 1, 3, 3)));
        assertThat(heldEdges(NEW + "\nrollout: all")).isZero();
        helm.live.are(Optional.of(live(updated, 2, 2, 3, 3)));
        assertThat(heldEdges(NEW + "\nrollout: shards")).isEqualTo(EDGES);
        assertThat(heldEdges(NEW + "\nedge: { partition: 1 }"))
                .as("one to try it on")
                .isEqualTo(1);
    }

    /** One after the other, and the next when the one before has been ready for a while. */
    @Test
    void nodesOfARoleAreUpdatedOneByOne() throws Exception {
        for (String role : new String[] {"shard", "edge"}) {
            JsonNode spec = helm.render(NEW).nodes(role).path("spec");
            assertThat(spec.at("/updateStrategy/type").asText()).isEqualTo("RollingUpdate");
            assertThat(spec.at("/updateStrategy/rollingUpdate").has("maxUnavailable"))
                    .isFalse();
            assertThat(spec.path("minReadySeconds").asInt()).isPositive();
        }
        assertThat(updated.at("/spec/updateStrategy/rollingUpdate/partition").asInt())
                .isZero();
    }

    /** Edges with an ordinal below this keep what they have. */
    private static int heldEdges(String values) throws Exception {
        JsonNode strategy = helm.render(values).nodes("edge").at("/spec/updateStrategy/rollingUpdate");
        assertThat(strategy.path("partition").isInt()).isTrue();
        return strategy.path("partition").asInt();
    }

    private static String live(JsonNode set, int generation, int seen, int updatedPods, int ready) {
        ObjectNode live = set.deepCopy();
        ((ObjectNode) live.path("metadata"))
                .put("namespace", LiveShards.NAMESPACE)
                .put("generation", generation);
        live.putObject("status")
                .put("observedGeneration", seen)
                .put("replicas", 3)
                .put("updatedReplicas", updatedPods)
                .put("availableReplicas", ready);
        return live.toString();
    }
}
