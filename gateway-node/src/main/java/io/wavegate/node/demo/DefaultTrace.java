package io.wavegate.node.demo;

import io.wavegate.node.config.FindingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is typed when nobody says what.
 *
 * @param trace the recording
 * @param from where it comes from, for a person
 */
record DefaultTrace(Trace trace, String from) {
    /** A recording of our own, which the repository has: two people writing a page at once. */
    static final String RESOURCE = "/io/wavegate/node/demo/two-people.json.gz";

    private static final String REAL = "shared/traces/friendsforever.json.gz";

    /**
     * The real recording beside the project if it is there, else our own.
     *
     * @param workingDirectory looked at, and all folders above it
     */
    static DefaultTrace find(Path workingDirectory) throws FindingException {
        Optional<Path> real = Optional.empty();
        for (Path at = workingDirectory.toAbsolutePath(); at != null && real.isEmpty(); at = at.getParent()) {
            Path candidate = at.resolve(REAL);
            real = Files.isRegularFile(candidate) ? Optional.of(candidate) : Optional.empty();
        }
        if (real.isPresent()) {
            return new DefaultTrace(TraceReader.read(real.get()), "friendsforever, a real session of two people");
        }
        try (InputStream in = DefaultTrace.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + RESOURCE);
            }
            return new DefaultTrace(
                    TraceReader.read(in, "the bundled recording"),
                    "a small recording of the project's own, because " + REAL + " is not beside the project");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
