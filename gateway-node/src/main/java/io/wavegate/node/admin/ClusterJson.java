package io.wavegate.node.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wavegate.cluster.members.MemberView;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/** Members as the admin API writes them; {@code docs/admin-api/openapi.yaml} describes the form. */
final class ClusterJson {
    private ClusterJson() {}

    static ObjectNode of(List<MemberView> members, Instant now) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("now", now.toString());
        ArrayNode list = answer.putArray("members");
        members.forEach(member -> list.add(of(member)));
        return answer;
    }

    private static ObjectNode of(MemberView member) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("node", member.node());
        ArrayNode roles = json.putArray("roles");
        member.roles().stream().sorted().forEach(roles::add);
        json.put("status", member.status())
                .put("version", member.version())
                .put("reachable", member.reachable())
                .put("self", member.self())
                .put("leader", member.leader());
        ObjectNode entities = json.putObject("entities");
        new TreeMap<>(member.entities()).forEach((kind, shards) -> entities.putObject(kind)
                .put("shards", shards.size())
                .put(
                        "running",
                        shards.values().stream().mapToInt(Integer::intValue).sum()));
        return json;
    }
}
