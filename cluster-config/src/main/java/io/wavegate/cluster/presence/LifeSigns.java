package io.wavegate.cluster.presence;

import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Where clusters leave signs of life: in the store that all their nodes share. Stages fail if the store does not answer; the
 * outcome of a claim is unknown then, and the next look tells.
 */
public interface LifeSigns {
    /** What is there now. Sees every finished claim. */
    CompletionStage<Sign> look();

    /**
     * From now on this node's beats count.
     *
     * @param position of the sign that was seen; the claim holds only if there has been none since
     * @param holder this node in its present life; empty: gives the sign up, no cluster lives any more
     * @param nodes as in {@link Sign}
     * @return false: somebody was faster
     */
    CompletionStage<Boolean> claim(long position, String holder, Set<String> nodes);

    /**
     * The holder lives. Without effect if another has claimed since.
     *
     * @param position as it is since the holder's claim
     * @param beat another one than last time
     * @param nodes as in {@link Sign}
     */
    CompletionStage<Void> beat(long position, long beat, Set<String> nodes);
}
