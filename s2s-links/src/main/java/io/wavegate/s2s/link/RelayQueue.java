package io.wavegate.s2s.link;

import io.wavegate.s2s.api.LinkView;
import io.wavegate.s2s.xml.XmlElement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The batches of stanzas that a component's link has taken on: those that wait, and those that are being written. Each leaves
 * with exactly one {@link LinkEffect.Relayed}.
 */
final class RelayQueue {
    private final Deque<Batch> waiting = new ArrayDeque<>();
    private final Map<Long, List<Batch>> writing = new LinkedHashMap<>();
    private long bytes;
    private long sent;
    private long bounced;
    private long overloaded;

    private record Batch(long token, List<XmlElement> stanzas, long bytes, long deadlineMillis) {}

    /** Takes a batch on; it waits no longer than until the deadline. */
    void add(LinkInput.Relay relay, long deadlineMillis) {
        waiting.add(new Batch(relay.token(), relay.stanzas(), relay.bytes(), deadlineMillis));
        bytes += relay.bytes();
    }

    /** Whether another batch fits; one always does. */
    boolean hasRoom(long more, long mostBytes) {
        return bytes == 0 || bytes + more <= mostBytes;
    }

    boolean isWaiting() {
        return !waiting.isEmpty();
    }

    boolean isEmpty() {
        return waiting.isEmpty() && writing.isEmpty();
    }

    /** Takes what waits, about so many stanzas, to write it to a stream. */
    List<XmlElement> write(long stream, int maxBatch) {
        List<XmlElement> stanzas = new ArrayList<>();
        List<Batch> batches = writing.computeIfAbsent(stream, first -> new ArrayList<>());
        while (!waiting.isEmpty() && (stanzas.isEmpty() || stanzas.size() < maxBatch)) {
            Batch batch = waiting.remove();
            stanzas.addAll(batch.stanzas());
            batches.add(batch);
        }
        return stanzas;
    }

    /** What became of what was being written to a stream. */
    void written(long stream, RelayOutcome outcome, List<LinkEffect> effects) {
        List<Batch> batches = writing.remove(stream);
        if (batches != null) {
            finish(batches, outcome, effects);
        }
    }

    /** The link ends and waits for nothing; {@link #lost} still knows what was being written. */
    void end(RelayOutcome outcome, List<LinkEffect> effects) {
        writing.values().forEach(batches -> finish(new ArrayList<>(batches), outcome, effects));
        finish(waiting, outcome, effects);
    }

    /** What waits is not sent after all. */
    void refuseWaiting(RelayOutcome outcome, List<LinkEffect> effects) {
        finish(waiting, outcome, effects);
    }

    /** What has waited too long is not sent after all. */
    void refuseLate(RelayOutcome outcome, long nowMillis, List<LinkEffect> effects) {
        List<Batch> late = new ArrayList<>();
        while (!waiting.isEmpty() && waiting.peek().deadlineMillis() <= nowMillis) {
            late.add(waiting.remove());
        }
        finish(late, outcome, effects);
    }

    private void finish(Collection<Batch> batches, RelayOutcome outcome, List<LinkEffect> effects) {
        for (Batch batch : batches) {
            bytes -= batch.bytes();
            if (outcome.error().isEmpty()) {
                sent += batch.stanzas().size();
            } else {
                bounced += batch.stanzas().size();
            }
            effects.add(new LinkEffect.Relayed(batch.token(), outcome));
        }
        batches.clear();
    }

    /** Of what was not acknowledged on a stream, that whose senders were told that it was sent. */
    List<XmlElement> lost(long stream, List<XmlElement> unacknowledged) {
        List<XmlElement> rest = new ArrayList<>(unacknowledged);
        for (Batch batch : writing.getOrDefault(stream, List.of())) {
            // One for one: the same words may have been sent before.
            batch.stanzas().forEach(rest::remove);
        }
        return rest;
    }

    /** Stanzas that were not taken on. */
    void refused(int count) {
        bounced += count;
    }

    /** Stanzas for which there was no room. */
    void overflowed(int count) {
        overloaded += count;
    }

    /** When the oldest that waits has waited too long; {@link Long#MAX_VALUE} for never. */
    long nextDeadlineMillis() {
        return waiting.isEmpty() ? Long.MAX_VALUE : waiting.peek().deadlineMillis();
    }

    int size() {
        return waiting.size() + writing.values().stream().mapToInt(List::size).sum();
    }

    long bytes() {
        return bytes;
    }

    LinkView.Counters counters() {
        return new LinkView.Counters(sent, 0, bounced, overloaded, 0, 0);
    }
}
