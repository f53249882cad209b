package io.wavegate.s2s.lab;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether the real servers are installed. */
public final class Peers {
    /** Set where they have to be there, so that a missing one is a failure and not a skipped test. */
    private static final boolean REQUIRED = System.getenv("WAVEGATE_REQUIRE_PEERS") != null;

    private Peers() {}

    /** Skips the test, saying how to have it run, if a program of the server is missing. */
    public static void need(String server, String... programs) {
        for (String program : programs) {
            String message =
                    "the program " + program + " of " + server + " is not installed: apt-get install " + server;
            boolean there = find(program).isPresent();
            if (REQUIRED && !there) {
                throw new AssertionError(message + " (WAVEGATE_REQUIRE_PEERS is set)");
            }
            assumeTrue(there, message);
        }
    }

    static Optional<Path> find(String program) {
        String path = System.getenv("PATH") + ":/usr/sbin:/sbin";
        return Stream.of(path.split(":"))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
