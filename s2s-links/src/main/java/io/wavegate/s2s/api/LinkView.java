package io.wavegate.s2s.api;

import java.util.List;

/**
 * A link as an operator sees it. Times are milliseconds since the epoch.
 *
 * @param local our domain
 * @param remote the other domain
 * @param phase {@code idle}, {@code discovering}, {@code opening} (components' links), {@code up} or {@code down}
 * @param phaseSinceMillis since when
 * @param service the address of the other domain's wave service, empty if it is not known
 * @param lastError thing and cause of the last failure, empty if there was none
 * @param lastErrorMillis when it was; 0 if there was none
 * @param nextRetryMillis when the peer is tried again by itself; 0 if nothing calls for it
 * @param behind something waits for the peer to be reachable
 * @param underWay requests not answered yet
 * @param bytesUnderWay how large they are together
 * @param streams the streams we send on, one line each
 * @param trace what was done in the last attempt to reach the domain, oldest first, a bounded number of steps
 * @param counters since the link was started
 */
public record LinkView(
        String local,
        String remote,
        String phase,
        long phaseSinceMillis,
        String service,
        String lastError,
        long lastErrorMillis,
        long nextRetryMillis,
        boolean behind,
        int underWay,
        long bytesUnderWay,
        List<String> streams,
        List<TraceStep> trace,
        Counters counters) {
    public LinkView {
        streams = List.copyOf(streams);
        trace = List.copyOf(trace);
    }

    /**
     * One step of an attempt.
     *
     * @param atMillis when
     * @param text what was done, or came of it
     */
    public record TraceStep(long atMillis, String text) {}

    /**
     * Counts. A component's link counts stanzas: those that went out as answered, those that came back to the component as
     * failed.
     *
     * @param answered requests answered by a result or receipt
     * @param refused requests answered by an error
     * @param failed requests not sent or not answered in time
     * @param overloaded requests turned away because too much was under way
     * @param unmatched answers to nothing we asked of who answered
     * @param repliesDropped answers of ours that could not be sent
     */
    public record Counters(
            long answered, long refused, long failed, long overloaded, long unmatched, long repliesDropped) {}
}
