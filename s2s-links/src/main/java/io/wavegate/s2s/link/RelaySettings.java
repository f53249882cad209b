package io.wavegate.s2s.link;

import java.time.Duration;

/**
 * Times and bounds of passing stanzas on; see {@code wavegate.s2s.links.relay} in {@code reference.conf}.
 *
 * @param queueBytes how much may wait
 * @param waitTimeout how long it may wait
 * @param retryBase after the first failure stanzas are refused at once within this
 * @param retryMax and never longer than this
 * @param maxBatch how many stanzas go into one flush, about
 * @param idleTimeout a stream that carried nothing for so long is closed
 * @param trustIdleFor a stream idle for longer is checked before it carries more, unless it acknowledges
 * @param checkTimeout how long the answer to the check is waited for
 */
public record RelaySettings(
        long queueBytes,
        Duration waitTimeout,
        Duration retryBase,
        Duration retryMax,
        int maxBatch,
        Duration idleTimeout,
        Duration trustIdleFor,
        Duration checkTimeout) {}
