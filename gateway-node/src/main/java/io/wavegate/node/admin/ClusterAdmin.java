package io.wavegate.node.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wavegate.cluster.members.ClusterOperations;
import io.wavegate.cluster.members.MemberView;
import io.wavegate.node.http.Access;
import io.wavegate.node.http.ApiReply;
import io.wavegate.node.http.ApiRequest;
import io.wavegate.node.http.Endpoint;
import io.wavegate.node.http.Problem;
import io.wavegate.node.http.ProblemException;
import io.wavegate.wavelet.model.WaveletName;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The cluster: look, find where something lives, take members out. */
public final class ClusterAdmin {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterAdmin.class);
    private static final String CLUSTER = "/admin/v1/cluster";

    private final ClusterOperations cluster;
    private final Shards shards;
    private final List<String> domains;
    private final InstantSource clock;

    /** @param domains ours */
    public ClusterAdmin(ClusterOperations cluster, Shards shards, List<String> domains, InstantSource clock) {
        this.cluster = cluster;
        this.shards = shards;
        this.domains = List.copyOf(domains);
        this.clock = clock;
    }

    /** All of them. */
    public List<Endpoint> endpoints() {
        return List.of(
                new Endpoint("GET", CLUSTER, Access.OPERATOR, this::list),
                new Endpoint("GET", CLUSTER + "/where", Access.OPERATOR, this::where),
                new Endpoint("POST", CLUSTER + "/members/{node}/leave", Access.OPERATOR, this::leave),
                new Endpoint("POST", CLUSTER + "/members/{node}/down", Access.OPERATOR, this::down));
    }

    private CompletionStage<ApiReply> list(ApiRequest request) {
        return cluster.members().thenApply(members -> ApiReply.ok(ClusterJson.of(members, clock.instant())));
    }

    private CompletionStage<ApiReply> where(ApiRequest request) throws ProblemException {
        Map<String, Shards.Shard> meant = meant(request.query().getOrDefault("of", ""));
        return cluster.members().thenApply(members -> {
            ObjectNode answer = JsonNodeFactory.instance.objectNode();
            ArrayNode places = answer.putArray("places");
            meant.forEach((name, shard) -> {
                ObjectNode place = places.addObject()
                        .put("name", name)
                        .put("kind", shard.kind())
                        .put("shard", shard.id());
                owner(members, shard).ifPresent(node -> place.put("node", node));
            });
            return ApiReply.ok(answer);
        });
    }

    private static Optional<String> owner(List<MemberView> members, Shards.Shard shard) {
        return members.stream()
                .filter(member ->
                        member.entities().getOrDefault(shard.kind(), Map.of()).containsKey(shard.id()))
                .map(MemberView::node)
                .findFirst();
    }

    /** A wavelet has slashes and more than two parts, a link one slash, and a domain stands for its links with ours. */
    private Map<String, Shards.Shard> meant(String text) throws ProblemException {
        Map<String, Shards.Shard> meant = new LinkedHashMap<>();
        String[] parts = text.split("/", -1);
        if (parts.length == 1) {
            String remote = LinkChoice.domain(text);
            domains.forEach(local -> meant.put(local + "/" + remote, shards.link(local, remote)));
        } else if (parts.length == 2) {
            String local = LinkChoice.domain(parts[0]);
            String remote = LinkChoice.domain(parts[1]);
            meant.put(local + "/" + remote, shards.link(local, remote));
        } else {
            WaveletName name = WaveletName.parseModern(text)
                    .orElseThrow(() -> new ProblemException(Problem.malformed("\"" + text
                            + "\" is neither the name of a wavelet (a.example/w+1/~/conv+root), nor a link"
                            + " (a.example/b.example), nor a domain.")));
            meant.put(name.toModern(), shards.wavelet(name));
        }
        return meant;
    }

    private CompletionStage<ApiReply> leave(ApiRequest request) throws ProblemException {
        return take(request, "has leave", cluster::leave);
    }

    private CompletionStage<ApiReply> down(ApiRequest request) throws ProblemException {
        return take(request, "downs", cluster::down);
    }

    private CompletionStage<ApiReply> take(ApiRequest request, String does, Predicate<String> operation)
            throws ProblemException {
        String node = request.parameter("node");
        if (!operation.test(node)) {
            throw new ProblemException(Problem.notFound(
                    "\"" + node + "\" is no member. `wavegate cluster` shows them, each as host:port."));
        }
        LOG.info("Operator {} {} the node {}.", request.user(), does, node);
        return CompletableFuture.completedFuture(
                ApiReply.ok(JsonNodeFactory.instance.objectNode().put("node", node)));
    }
}
