package io.wavegate.s2s.limit;

import io.wavegate.s2s.stream.StreamEnd;
import io.wavegate.s2s.xml.StreamErrorCondition;

/**
 * More than a limit allows was asked for.
 *
 * @param limit which
 * @param scope whose; with {@link Scope#ALL} it is not the fault of who asked
 * @param allowed how much would have been
 */
public record Excess(Limit limit, Scope scope, long allowed) {

    /** For the peer and for the log: what, how much, what next. */
    public String text() {
        return limit.text(scope, allowed);
    }

    /** The end of the stream that asked: it did too much, or we cannot serve all (RFC 6120 section 4.9.3). */
    public StreamEnd end() {
        StreamErrorCondition condition =
                scope == Scope.ALL ? StreamErrorCondition.RESOURCE_CONSTRAINT : StreamErrorCondition.POLICY_VIOLATION;
        return new StreamEnd(StreamEnd.Reason.LIMIT_EXCEEDED, condition, text());
    }
}
