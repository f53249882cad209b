package io.wavegate.node.http;

import java.util.concurrent.Flow;

/**
 * The body of an answer that goes on as long as its reader stays: lines as they come.
 *
 * @param lines without their line ends
 * @param ended run once, when the reader has gone or the lines are at their end
 */
public record LineStream(Flow.Publisher<String> lines, Runnable ended) {}
