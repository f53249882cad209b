package io.wavegate.load.chaos.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wavegate.load.chaos.lab.LabPlan;
import io.wavegate.load.chaos.load.Stalls;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Results as a table for people and as JSON for programs. */
final class ResultText {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ResultText() {}

    static String head() {
        return "| scenario | marks | lost | doubled | reordered | forked | refused, stuck | stall p50 / p99 / max, ms | worst pair p99 / max, ms"
                + " | TCP kept / ended | closes that the peer counts | served again, s (after the end) | nodes ended by themselves | other servers |\n"
                + "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|";
    }

    static String row(Result result) {
        Stalls[] sides = {result.near(), result.far()};
        return "| " + result.scenario().title() + " | " + result.marks() + " | "
                + result.verdict().lost() + " | " + result.verdict().doubled() + " | "
                + result.verdict().reordered() + " | "
                + result.verdict().violations().size() + " | "
                + (result.refusals().size() + result.unfinished().size()) + " | near "
                + stall(sides[0]) + "; far " + stall(sides[1]) + " | " + worst(result, 0.99) + " / " + worst(result, 1)
                + " | " + counts(result.kept()) + " / " + counts(result.vanished()) + " | " + counts(result.closes())
                + " | "
                + seconds(result.servedAgain()) + " (" + seconds(result.servedAfterEnd()) + ") | "
                + result.endings() + " | " + String.join("; ", result.others()) + " |";
    }

    private static String stall(Stalls stalls) {
        return stalls.percentile(0.5) + " / " + stalls.percentile(0.99) + " / " + stalls.percentile(1);
    }

    private static long worst(Result result, double fraction) {
        return result.pairs().values().stream()
                .mapToLong(stalls -> stalls.percentile(fraction))
                .max()
                .orElse(0);
    }

    private static String counts(Map<String, Long> counts) {
        return counts.isEmpty()
                ? "0"
                : counts.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey())
                        .collect(Collectors.joining(", "));
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f", time.toMillis() / 1000.0);
    }

    /** What a person has to look at, if there is anything. */
    static List<String> complaints(Result result) {
        return java.util.stream.Stream.of(
                        result.verdict().violations().stream().map(Object::toString),
                        result.refusals().stream(),
                        result.unfinished().stream())
                .flatMap(lines -> lines)
                .limit(40)
                .map(line -> result.scenario().key() + ": " + line)
                .toList();
    }

    /** @param perSecond marks of all users together */
    static String json(LabPlan plan, double perSecond, List<Result> results) {
        ObjectNode all = MAPPER.createObjectNode()
                .put("pairs", plan.domains() * plan.domains())
                .put("marks_per_second", perSecond)
                .put("failure_detection", plan.fast() ? "fast" : "production")
                .put("cassandra", plan.cassandra());
        all.set("near", MAPPER.valueToTree(plan.near()));
        all.set("far", MAPPER.valueToTree(plan.far()));
        ArrayNode scenarios = all.putArray("scenarios");
        results.forEach(result -> scenarios.add(json(result)));
        return all.toPrettyString() + "\n";
    }

    private static ObjectNode json(Result result) {
        ObjectNode node = MAPPER.createObjectNode()
                .put("scenario", result.scenario().key())
                .put("title", result.scenario().title())
                .put("clean", result.isClean())
                .put("marks", result.marks())
                .put("deltas_per_second", Math.round(result.deltasPerSecond() * 10) / 10.0)
                .put("lost", result.verdict().lost())
                .put("doubled", result.verdict().doubled())
                .put("reordered", result.verdict().reordered())
                .put("forked", result.verdict().violations().size())
                .put("served_again_ms", result.servedAgain().toMillis())
                .put("served_after_end_ms", result.servedAfterEnd().toMillis());
        node.put("nodes_ended_by_themselves", result.endings());
        node.set("other_servers", MAPPER.valueToTree(result.others()));
        node.set("tcp_kept", MAPPER.valueToTree(result.kept()));
        node.set("tcp_ended", MAPPER.valueToTree(result.vanished()));
        node.set("closes", MAPPER.valueToTree(result.closes()));
        node.set("complaints", MAPPER.valueToTree(complaints(result)));
        node.set("stall_typed_near_ms", json(result.near()));
        node.set("stall_typed_far_ms", json(result.far()));
        ObjectNode pairs = node.putObject("pairs");
        result.pairs()
                .forEach((pair, stalls) -> pairs.set(
                        pair.name(), json(stalls).put("dialled_first", pair.hostedNear() ? "by us" : "by the peer")));
        return node;
    }

    private static ObjectNode json(Stalls stalls) {
        return MAPPER.createObjectNode()
                .put("count", stalls.count())
                .put("p50", stalls.percentile(0.5))
                .put("p99", stalls.percentile(0.99))
                .put("max", stalls.percentile(1));
    }
}
