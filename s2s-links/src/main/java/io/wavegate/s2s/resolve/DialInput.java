package io.wavegate.s2s.resolve;

import io.wavegate.s2s.stream.StreamEnd;

/** What can happen to a {@link Dial}. Attempts have the numbers that {@link DialEffect.Connect} gave them. */
public sealed interface DialInput {
    /** DNS said something. */
    record Answered(DnsQuestion question, DnsAnswer answer) implements DialInput {}

    /** TCP is up. */
    record Connected(int attempt) implements DialInput {}

    /** The other side's stream header came: somebody who speaks XMPP is there. */
    record Heard(int attempt) implements DialInput {}

    /** The stream does what it was opened for. */
    record Succeeded(int attempt) implements DialInput {}

    /** The connection was not made, or its stream ended before it was of use. */
    record Failed(int attempt, StreamEnd end) implements DialInput {}

    /**
     * The server, whose certificate had proved the domain, sends us to another host; {@link Failed} may follow.
     *
     * @param place as the server wrote it
     */
    record SeeOther(int attempt, String place) implements DialInput {}

    /** Time has passed: {@link Dial#nextWakeMillis} has come. */
    record Tick() implements DialInput {}
}
