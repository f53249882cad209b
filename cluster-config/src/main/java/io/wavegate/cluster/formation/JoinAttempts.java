package io.wavegate.cluster.formation;

import com.typesafe.config.Config;
import io.wavegate.cluster.presence.Presence;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Nodes of this process that are about to join. Pekko makes its checkers by name and has them judge on both sides alike;
 * this tells them which side they are on, and takes what they found to those who wait for the join.
 */
final class JoinAttempts {
    /** Where the configuration of a node names its attempt. */
    static final String PATH = "wavegate.cluster.attempt";

    private static final Map<String, List<String>> FOUND = new ConcurrentHashMap<>();
    private static final Map<String, Presence> PRESENCES = new ConcurrentHashMap<>();
    private static final Map<String, String> OBSTACLES = new ConcurrentHashMap<>();

    private JoinAttempts() {}

    static void begin(String attempt) {
        FOUND.put(attempt, List.of());
    }

    /** Ends it, and tells what was found against it. */
    static List<String> end(String attempt) {
        PRESENCES.remove(attempt);
        OBSTACLES.remove(attempt);
        List<String> found = FOUND.remove(attempt);
        return found == null ? List.of() : found;
    }

    /** What gives the attempt leave to form a cluster. */
    static void ask(String attempt, Presence presence) {
        PRESENCES.put(attempt, presence);
    }

    /** What may give leave to form a cluster, as long as the attempt goes on. */
    static Optional<Presence> presence(Config own) {
        return own.hasPath(PATH) ? Optional.ofNullable(PRESENCES.get(own.getString(PATH))) : Optional.empty();
    }

    /** What keeps the attempt from finding others at present, in words for an operator; empty: nothing. */
    static void obstructed(Config own, Optional<String> obstacle) {
        if (isJoining(own)) {
            String attempt = own.getString(PATH);
            obstacle.ifPresentOrElse(text -> OBSTACLES.put(attempt, text), () -> OBSTACLES.remove(attempt));
        }
    }

    static Optional<String> obstacle(String attempt) {
        return Optional.ofNullable(OBSTACLES.get(attempt));
    }

    static boolean isJoining(Config own) {
        return own.hasPath(PATH) && FOUND.containsKey(own.getString(PATH));
    }

    static void refused(Config own, List<String> differences) {
        FOUND.replace(own.getString(PATH), List.copyOf(differences));
    }
}
