package io.wavegate.load.chaos.net;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Programs of the system that end soon. */
public final class Command {
    private Command() {}

    /**
     * Runs one and waits for its end.
     *
     * @throws IOException with what it printed, if it failed
     */
    public static void run(String... command) throws IOException {
        Path output = Files.createTempFile("wavegate-command", ".log");
        try {
            run(Map.of(), List.of(command), output);
        } finally {
            Files.delete(output);
        }
    }

    /**
     * Runs one that may leave servers behind, which is why what it prints goes to a file: a pipe would end with them.
     *
     * @param environment further variables
     * @param output written anew
     * @return what it printed
     * @throws IOException with what it printed, if it failed
     */
    public static String run(Map<String, String> environment, List<String> command, Path output) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        try {
            int code = process.waitFor();
            String printed = Files.readString(output);
            if (code != 0) {
                throw new IOException(String.join(" ", command) + " failed: " + printed.strip());
            }
            return printed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + command.get(0) + " runs", e);
        }
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
