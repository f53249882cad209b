package io.wavegate.node.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wavegate.s2s.api.LinkView;
import io.wavegate.s2s.api.VoucherView;
import io.wavegate.s2s.api.WatchedEvent;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Links as the admin API writes them; {@code docs/admin-api/openapi.yaml} describes the form. */
final class LinkJson {
    private LinkJson() {}

    /** Those whose certificates matter to a link: the other domain and its wave service. */
    static Set<String> domains(LinkView link) {
        Set<String> domains = new LinkedHashSet<>(Set.of(link.remote()));
        if (!link.service().isEmpty()) {
            domains.add(link.service());
        }
        return domains;
    }

    /**
     * @param vouchers by domain, as far as they are known
     * @param components names of components, whose links are not for waves
     */
    static ObjectNode of(
            List<LinkView> links, Map<String, VoucherView> vouchers, Collection<String> components, Instant now) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("now", now.toString());
        ArrayNode list = answer.putArray("links");
        links.forEach(link -> list.add(of(link, vouchers, components.contains(link.local()))));
        return answer;
    }

    private static ObjectNode of(LinkView link, Map<String, VoucherView> vouchers, boolean component) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("local", link.local())
                .put("remote", link.remote())
                .put("component", component)
                .put("state", link.phase())
                .put("since", time(link.phaseSinceMillis()));
        if (!link.service().isEmpty()) {
            json.put("service", link.service());
        }
        if (!link.lastError().isEmpty()) {
            json.putObject("last_error").put("at", time(link.lastErrorMillis())).put("text", link.lastError());
        }
        if (link.nextRetryMillis() > 0) {
            json.put("next_retry", time(link.nextRetryMillis()));
        }
        json.put("behind", link.behind())
                .put("requests_under_way", link.underWay())
                .put("bytes_under_way", link.bytesUnderWay());
        ArrayNode certificates = json.putArray("certificates");
        for (String domain : domains(link)) {
            VoucherView voucher = vouchers.get(domain);
            if (voucher != null) {
                certificates.add(of(domain, voucher));
            }
        }
        ArrayNode streams = json.putArray("streams");
        link.streams().forEach(streams::add);
        ArrayNode steps = json.putArray("last_attempt");
        link.trace()
                .forEach(step ->
                        steps.addObject().put("at", time(step.atMillis())).put("text", step.text()));
        json.set("counters", counters(link.counters()));
        return json;
    }

    private static ObjectNode of(String domain, VoucherView voucher) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("domain", domain)
                .put("vouched_for_by", voucher.by())
                .put("since", time(voucher.sinceMillis()));
        if (!voucher.before().isEmpty()) {
            json.put("before", voucher.before());
        }
        return json;
    }

    private static ObjectNode counters(LinkView.Counters counters) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("answered", counters.answered())
                .put("refused", counters.refused())
                .put("failed", counters.failed())
                .put("overloaded", counters.overloaded())
                .put("unmatched", counters.unmatched())
                .put("replies_dropped", counters.repliesDropped());
    }

    static ObjectNode of(WatchedEvent event) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("at", time(event.atMillis()))
                .put("kind", event.kind().name().toLowerCase(Locale.ROOT))
                .put("local", event.local())
                .put("remote", event.remote())
                .put("text", event.text());
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
