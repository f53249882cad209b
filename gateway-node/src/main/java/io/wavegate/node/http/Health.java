package io.wavegate.node.http;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** What a node knows of its own fitness. */
public interface Health {
    /** Whether all parts have been started, and none is being stopped. */
    boolean started();

    /** Whether its threads get on; false: only a restart helps. */
    boolean alive();

    /** What keeps it from serving, in words for an operator; empty: nothing. Answers within some seconds. */
    CompletionStage<List<String>> problems();
}
