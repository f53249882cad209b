package io.wavegate.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** A cluster for an operator's eyes. */
final class ClusterText {
    private ClusterText() {}

    static void members(PrintWriter out, JsonNode answer) {
        out.printf("%-28s %-12s %-10s %-18s %-22s %s%n", "node", "roles", "status", "version", "wavelets", "links");
        for (JsonNode member : answer.path("members")) {
            List<String> roles = new ArrayList<>();
            member.path("roles").forEach(role -> roles.add(role.asText()));
            List<String> remarks = new ArrayList<>();
            if (!member.path("reachable").asBoolean()) {
                remarks.add("UNREACHABLE");
            }
            if (member.path("self").asBoolean()) {
                remarks.add("asked");
            }
            if (member.path("leader").asBoolean()) {
                remarks.add("leader");
            }
            String line = "%-28s %-12s %-10s %-18s %-22s %-22s %s"
                    .formatted(
                            member.path("node").asText(),
                            String.join(",", roles),
                            member.path("status").asText(),
                            member.path("version").asText(),
                            load(member.path("entities").path("wavelet")),
                            load(member.path("entities").path("link")),
                            String.join(", ", remarks));
            out.println(line.stripTrailing());
        }
    }

    private static String load(JsonNode kind) {
        return kind.isMissingNode()
                ? "no coordinator"
                : kind.path("running").asInt() + " in " + kind.path("shards").asInt() + " shards";
    }

    static void places(PrintWriter out, JsonNode answer) {
        for (JsonNode place : answer.path("places")) {
            out.printf(
                    "%s %s: shard %s, %s%n",
                    place.path("kind").asText(),
                    place.path("name").asText(),
                    place.path("shard").asText(),
                    place.has("node") ? "on " + place.path("node").asText() : "on no node at present");
        }
    }
}
