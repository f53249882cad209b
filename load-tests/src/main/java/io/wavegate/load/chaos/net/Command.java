package io.wavegate.load.chaos.net;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Programs of the system that end soon. */
public final class Command {
    private Command() {}

    /**
     * Runs one and waits for its end.
     *
     * @return what it printed
     * @throws IOException with what it printed, if it failed
     */
    public static String run(String... command) throws IOException {
        return run(Map.of(), List.of(command));
    }

    /** Runs one with further environment variables. */
    public static String run(Map<String, String> environment, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + " failed: " + printed.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + command.get(0) + " runs", e);
        }
        return printed;
    }

    /** Runs one and forgets how it ended. */
    public static void attempt(String... command) {
        try {
            run(command);
        } catch (IOException expected) {
            // What was to be undone was not there.
            return;
        }
    }
}
