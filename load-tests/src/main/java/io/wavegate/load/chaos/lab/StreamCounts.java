package io.wavegate.load.chaos.lab;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How streams have ended, as the nodes of a cluster count them: direction and reason, and how often. */
public record StreamCounts(Map<String, Long> ended) {
    private static final Pattern LINE =
            Pattern.compile("wavegate_s2s_streams_ended_total\\{direction=\"(\\w+)\",reason=\"([^\"]+)\"} ([0-9.E+]+)");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    public StreamCounts {
        ended = Map.copyOf(ended);
    }

    /** Adds up what the nodes count that can be asked. */
    public static StreamCounts read(List<LabNode> nodes) {
        Map<String, Long> sums = new TreeMap<>();
        for (LabNode node : nodes) {
            Matcher line = LINE.matcher(metrics(node.api()));
            while (line.find()) {
                sums.merge(line.group(1) + " " + line.group(2), (long) Double.parseDouble(line.group(3)), Long::sum);
            }
        }
        return new StreamCounts(sums);
    }

    private static String metrics(URI api) {
        try {
            HttpRequest request = HttpRequest.newBuilder(api.resolve("/metrics"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return HTTP.send(request, BodyHandlers.ofString()).body();
        } catch (IOException notThere) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    /** What was added since; a node that was started anew counts from 0. */
    public Map<String, Long> since(StreamCounts before) {
        Map<String, Long> added = new TreeMap<>();
        ended.forEach((key, count) -> {
            long was = before.ended.getOrDefault(key, 0L);
            long more = count >= was ? count - was : count;
            if (more > 0) {
                added.put(key, more);
            }
        });
        return added;
    }
}
