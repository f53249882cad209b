package io.wavegate.wavelet.entity;

import io.wavegate.wavelet.entity.WaveletCommand.Asked;
import io.wavegate.wavelet.entity.WaveletCommand.Internal;
import io.wavegate.wavelet.model.HashedVersion;
import java.util.Optional;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Finds out whether another node has written a wavelet since it was loaded here, which happens after a partition or a pause
 * of a node. An append finds out by itself; this is for what makes none.
 */
final class OtherOwner {
    private final EntityParts parts;
    private long nextLookMillis;

    OtherOwner(EntityParts parts) {
        this.parts = parts;
    }

    /** Somebody knows a later version than we do: he is wrong, or another owner has told him. */
    void lookFor(Asked read, Runnable answer) {
        look(Optional.of(read), answer);
    }

    /**
     * Readers have waited for news in vain. There may be some: of two owners the one that stayed may not be the one that wrote
     * last, and would serve what it has for as long as nobody writes.
     */
    void lookNowAndThen() {
        if (parts.now() >= nextLookMillis) {
            nextLookMillis =
                    parts.now() + parts.settings().reading().ownerCheck().toMillis();
            look(Optional.empty(), () -> {});
        }
    }

    private void look(Optional<Asked> read, Runnable answer) {
        parts.context()
                .pipeToSelf(
                        parts.history().head(),
                        (head, failure) -> new Compared(read, answer, Optional.ofNullable(head)));
    }

    /** Answers the one who knew more, unless there is another owner: then he is to ask again, and this is its version. */
    Optional<Long> found(Compared compared, HashedVersion own) {
        if (compared.head().isEmpty()) {
            compared.read().ifPresent(read -> read.refuse(WaveletRefusals.storeUnavailable(parts.wavelet())));
        } else if (compared.head().get() > own.version()) {
            compared.read().ifPresent(Asked::askAgain);
            return compared.head();
        } else {
            compared.answer().run();
        }
        return Optional.empty();
    }

    /**
     * Another owner has written: this one tells nobody anything. Whoever asked it asks again, and is answered by the owner
     * that there is then, from the history as it is.
     */
    Behavior<WaveletCommand> disowned(long actualHead, HashedVersion own) {
        parts.context()
                .getLog()
                .warn(
                        "The history of wavelet {} stands at version {}, and its owner here at {}: another node owned it."
                                + " Nothing was told by the one here, it stops, and requests go to the present owner."
                                + " Expected after a partition or a pause of a node; if it goes on, two nodes run"
                                + " that do not see each other: compare `wavegate cluster` on both.",
                        parts.wavelet(),
                        actualHead,
                        own.version());
        return Behaviors.stopped();
    }

    /** What the store's head is; empty if it cannot be known now. */
    record Compared(Optional<Asked> read, Runnable answer, Optional<Long> head) implements Internal {}
}
