package io.wavegate.s2s.resolve;

import io.wavegate.s2s.stream.StreamEnd;
import java.net.InetAddress;

/** What a {@link Dial} wants done. */
public sealed interface DialEffect {
    /** Ask DNS; the answer comes back as {@link DialInput.Answered}. */
    record Ask(DnsQuestion question) implements DialEffect {}

    /**
     * Connect, and open the stream as soon as TCP is up.
     *
     * @param attempt its number, under which the outcome comes back
     */
    record Connect(int attempt, Target target, InetAddress address) implements DialEffect {}

    /** Close the connection, or stop making it. Nothing more need be told of it. */
    record Abandon(int attempt) implements DialEffect {}

    /**
     * Remember how trying a target went.
     *
     * @param reached whether a stream came of it; if not, nothing listens there or nobody says anything
     */
    record Tried(Target target, boolean reached) implements DialEffect {}

    /** It is over, and there is no stream. */
    record Fail(StreamEnd end) implements DialEffect {}
}
