package io.wavegate.cluster.presence;

import io.wavegate.cluster.settings.PresenceTimes;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an operator should know of it. Safe for use by many threads. */
final class Outlook {
    private volatile Optional<String> obstacle = Optional.empty();
    private volatile Optional<String> doubt = Optional.empty();

    void obstacle(String text) {
        obstacle = Optional.of(text);
    }

    void occupied(Sign sign, PresenceTimes times) {
        obstacle = sign.isFree()
                ? Optional.empty()
                : Optional.of("the store has signs of a living cluster at " + nodes(sign)
                        + ", so this node forms none beside it before they have stood still for "
                        + times.foundAfter().toSeconds() + " s");
    }

    void doubt(boolean present, Sign sign) {
        doubt = present
                ? Optional.of("another cluster of the same store gives signs of life, at " + nodes(sign)
                        + ": one of the two is to end")
                : Optional.empty();
    }

    private static String nodes(Sign sign) {
        return sign.nodes().stream().sorted().collect(Collectors.joining(", "));
    }

    /** Why no cluster has been formed or joined yet. */
    Optional<String> obstacle() {
        return obstacle;
    }

    /** Why this member may not be one of the cluster that counts. */
    Optional<String> doubt() {
        return doubt;
    }
}
