package io.wavegate.cluster.formation;

import io.wavegate.cluster.presence.LifeSigns;
import io.wavegate.cluster.presence.Sign;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** Signs of life of all nodes of a test, and one node's way to them, which can be cut. */
final class SharedSigns implements LifeSigns {
    private Sign sign = Sign.NONE;

    @Override
    public synchronized CompletionStage<Sign> look() {
        return CompletableFuture.completedFuture(sign);
    }

    @Override
    public synchronized CompletionStage<Boolean> claim(long position, String holder, Set<String> nodes) {
        boolean first = sign.position() == position;
        if (first) {
            sign = new Sign(position + 1, holder, 0, nodes);
        }
        return CompletableFuture.completedFuture(first);
    }

    @Override
    public synchronized CompletionStage<Void> beat(long position, long beat, Set<String> nodes) {
        if (sign.position() == position) {
            sign = new Sign(position, sign.holder(), beat, nodes);
        }
        return CompletableFuture.completedFuture(null);
    }

    synchronized Sign sign() {
        return sign;
    }

    /** As one node has it. */
    Way way(UnaryOperator<Sign> seen) {
        return new Way(this, seen);
    }

    /** What one node sees, as long as it is not cut. */
    static final class Way implements LifeSigns {
        private final SharedSigns shared;
        private final UnaryOperator<Sign> seen;
        private volatile boolean cut;

        private Way(SharedSigns shared, UnaryOperator<Sign> seen) {
            this.shared = shared;
            this.seen = seen;
        }

        void cut(boolean now) {
            cut = now;
        }

        @Override
        public CompletionStage<Sign> look() {
            return cut ? failed() : shared.look().thenApply(seen);
        }

        @Override
        public CompletionStage<Boolean> claim(long position, String holder, Set<String> nodes) {
            return cut ? failed() : shared.claim(position, holder, nodes);
        }

        @Override
        public CompletionStage<Void> beat(long position, long beat, Set<String> nodes) {
            return cut ? failed() : shared.beat(position, beat, nodes);
        }

        private static <T> CompletionStage<T> failed() {
            return CompletableFuture.failedFuture(new IllegalStateException("cut off from the store"));
        }
    }
}
