package io.wavegate.s2s.tls;

import java.nio.file.Path;
import java.security.cert.TrustAnchor;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Decides when the authorities in the configured files take the place of those in use: when a change was the same at two looks,
 * as a file may be half written, and can be read. Those of the JVM are read again with them.
 */
public final class WatchedAnchors {
    private final TlsSettings settings;
    private final Consumer<Set<TrustAnchor>> replaced;
    private String inUse;
    private String seen;
    private String problem = "";

    /** What came of a look. */
    sealed interface Outcome {
        /** How many authorities count from now on. */
        record Taken(int authorities) implements Outcome {}

        /**
         * The old ones stay.
         *
         * @param text thing, cause, next step
         */
        record Refused(String text) implements Outcome {}
    }

    /**
     * The files are taken to be in use as they are now.
     *
     * @param replaced told of all authorities that count, whenever they change
     */
    public WatchedAnchors(TlsSettings settings, Consumer<Set<TrustAnchor>> replaced) {
        this.settings = settings;
        this.replaced = replaced;
        this.inUse = fingerprint();
        this.seen = inUse;
    }

    private String fingerprint() {
        return FileFingerprint.of(settings.trustAnchors().toArray(Path[]::new));
    }

    /**
     * One look.
     *
     * @param settled whether the files are said to be complete
     * @return empty if nothing is new, what is refused already included
     */
    Optional<Outcome> look(boolean settled) {
        String now = fingerprint();
        boolean settles = settled || now.equals(seen);
        seen = now;
        if (now.equals(inUse)) {
            problem = "";
            return Optional.empty();
        }
        return settles ? load(now) : Optional.empty();
    }

    private Optional<Outcome> load(String now) {
        try {
            Set<TrustAnchor> anchors = TrustAnchors.load(settings);
            inUse = now;
            problem = "";
            replaced.accept(anchors);
            return Optional.of(new Outcome.Taken(anchors.size()));
        } catch (CertificateProblemException e) {
            String cause = e.problem().text();
            if (cause.equals(problem)) {
                return Optional.empty();
            }
            problem = cause;
            return Optional.of(
                    new Outcome.Refused("The new trust anchors (wavegate.s2s.tls.trust-anchors) are not used: " + cause
                            + ". Those read before stay in use."));
        }
    }
}
