package io.wavegate.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Links for an operator's eyes. */
final class LinksText {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

    private final PrintWriter out;
    private final ZoneId zone;

    LinksText(PrintWriter out, ZoneId zone) {
        this.out = out;
        this.zone = zone;
    }

    /**
     * Each link with what an operator asks about first; the steps of the last attempt where it failed.
     *
     * @param steps the steps of every link
     */
    void list(JsonNode answer, boolean steps) {
        Instant now = Instant.parse(answer.path("now").asText());
        if (answer.path("links").isEmpty()) {
            out.println("No links on this node. One is made when a wave has a participant of another domain.");
        }
        answer.path("links").forEach(link -> link(link, now, steps));
    }

    private void link(JsonNode link, Instant now, boolean steps) {
        out.printf(
                "%s -> %s  %s for %s%s%n",
                link.path("local").asText(),
                link.path("remote").asText(),
                link.path("state").asText(),
                ago(link.path("since"), now),
                link.path("component").asBoolean() ? " (of a component)" : "");
        if (link.has("service")) {
            out.printf("    wave service %s%n", link.path("service").asText());
        }
        link.path("certificates").forEach(certificate -> certificate(certificate, now));
        link.path("streams").forEach(stream -> out.printf("    stream %s%n", stream.asText()));
        JsonNode counters = link.path("counters");
        out.printf(
                "    %d requests under way (%d bytes); answered %d, refused %d, failed %d%n",
                link.path("requests_under_way").asInt(),
                link.path("bytes_under_way").asLong(),
                counters.path("answered").asLong(),
                counters.path("refused").asLong(),
                counters.path("failed").asLong());
        if (link.has("last_error")) {
            JsonNode error = link.path("last_error");
            out.printf(
                    "    last error, %s ago: %s%n",
                    ago(error.path("at"), now), error.path("text").asText());
        }
        if (steps || link.path("state").asText().equals("down")) {
            out.println("    last attempt:");
            link.path("last_attempt").forEach(step -> out.printf("        %s%n", dated(step)));
        }
        if (link.has("next_retry")) {
            out.printf("    next attempt in %s%n", until(link.path("next_retry"), now));
        } else if (link.path("state").asText().equals("down")) {
            out.println("    next attempt when there is something to send; `wavegate links retry` makes one now");
        }
    }

    private void certificate(JsonNode certificate, Instant now) {
        String domain = certificate.path("domain").asText();
        String by = certificate.path("vouched_for_by").asText();
        if (certificate.has("before")) {
            out.printf(
                    "    certificate of %s vouched for by %s for %s, before that by %s%n",
                    domain,
                    by,
                    ago(certificate.path("since"), now),
                    certificate.path("before").asText());
        } else {
            out.printf("    certificate of %s vouched for by %s%n", domain, by);
        }
    }

    /** One event of a watch. */
    void event(JsonNode event) {
        String sign =
                switch (event.path("kind").asText()) {
                    case "sent" -> "->";
                    case "received" -> "<-";
                    default -> "--";
                };
        out.printf(
                "%s %s %s %s %s%n",
                clock(event),
                event.path("local").asText(),
                sign,
                event.path("remote").asText(),
                event.path("text").asText());
        out.flush();
    }

    private String dated(JsonNode step) {
        return clock(step) + " " + step.path("text").asText();
    }

    private String clock(JsonNode dated) {
        return CLOCK.format(Instant.parse(dated.path("at").asText()).atZone(zone));
    }

    private static String ago(JsonNode time, Instant now) {
        return Durations.rough(Duration.between(Instant.parse(time.asText()), now));
    }

    private static String until(JsonNode time, Instant now) {
        return Durations.rough(Duration.between(now, Instant.parse(time.asText())));
    }
}
