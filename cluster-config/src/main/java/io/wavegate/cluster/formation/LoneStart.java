package io.wavegate.cluster.formation;

import io.wavegate.cluster.presence.LifeSigns;
import io.wavegate.cluster.presence.Sign;
import io.wavegate.cluster.presence.Solitude;
import io.wavegate.cluster.settings.ClusterSettings;
import io.wavegate.cluster.settings.PresenceTimes;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The start of a node that looks for no others: at once, unless the store has signs of a cluster that may live. */
final class LoneStart {
    private static final Logger LOG = LoggerFactory.getLogger(LoneStart.class);

    private LoneStart() {}

    /**
     * Returns when it may start.
     *
     * @throws FormationException if a cluster lives, or the store does not say
     */
    static void await(LifeSigns signs, ClusterSettings settings, PresenceTimes times) throws FormationException {
        Solitude solitude = new Solitude(settings.host() + ":" + settings.port(), times);
        boolean told = false;
        while (true) {
            Sign sign = look(signs, settings);
            Solitude.Verdict verdict = solitude.seen(sign, System.nanoTime());
            if (verdict == Solitude.Verdict.BEGIN) {
                return;
            } else if (verdict == Solitude.Verdict.REFUSE) {
                throw refusal(sign);
            } else if (!told) {
                told = true;
                LOG.warn(
                        "The store has signs of a cluster at {}. This node looks for no others and starts when they have"
                                + " stood still for {} s; it ends if they move.",
                        nodes(sign),
                        times.foundAfter().toSeconds());
            }
            pause(times);
        }
    }

    private static FormationException refusal(Sign sign) {
        return new FormationException(
                "Node without wavegate.cluster.seed-nodes and discovery",
                "a cluster of the same store lives at " + nodes(sign)
                        + ", and beside it this node would be a second gateway of the same domains",
                "Give it the seed nodes or the discovery of that cluster so that it joins, or a keyspace of its own");
    }

    private static String nodes(Sign sign) {
        return sign.nodes().stream().sorted().collect(Collectors.joining(", "));
    }

    private static Sign look(LifeSigns signs, ClusterSettings settings) throws FormationException {
        try {
            return signs.look().toCompletableFuture().get(settings.joinTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw silent(e);
        } catch (ExecutionException | TimeoutException e) {
            throw silent(e);
        }
    }

    private static FormationException silent(Exception cause) {
        return new FormationException(
                Ending.NO_SEED.exitCode(),
                "Store",
                "it does not say whether a cluster lives (" + cause + ")",
                "Start the node again when the store answers");
    }

    private static void pause(PresenceTimes times) {
        new CompletableFuture<Void>()
                .completeOnTimeout(null, times.pause().toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }
}
