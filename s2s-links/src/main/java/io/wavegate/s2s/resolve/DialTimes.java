package io.wavegate.s2s.resolve;

import java.time.Duration;

/**
 * How long reaching a domain may take.
 *
 * @param connect one TCP connection
 * @param open everything: DNS, all targets with all their addresses, until a stream is ready
 */
public record DialTimes(Duration connect, Duration open) {}
