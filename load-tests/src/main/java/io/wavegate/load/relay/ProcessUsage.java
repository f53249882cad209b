package io.wavegate.load.relay;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a process has used, as Linux tells.
 *
 * @param cpuMicros CPU time of all its threads
 * @param residentBytes memory
 * @param sockets open ones
 */
public record ProcessUsage(long cpuMicros, long residentBytes, int sockets) {
    /** Linux counts CPU time in hundredths of a second for every reader. */
    private static final long MICROS_PER_TICK = 10_000;

    private static final long PAGE_BYTES = 4_096;

    /** Now. */
    public static ProcessUsage of(long pid) throws IOException {
        String line = Files.readString(Path.of("/proc/" + pid + "/stat"));
        // The name of the program stands in brackets and may hold anything.
        String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
        long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        return new ProcessUsage(ticks * MICROS_PER_TICK, Long.parseLong(fields[21]) * PAGE_BYTES, sockets(pid));
    }

    private static int sockets(long pid) throws IOException {
        int sockets = 0;
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
            for (Path descriptor : descriptors) {
                sockets += isSocket(descriptor) ? 1 : 0;
            }
        }
        return sockets;
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException gone) {
            return false;
        }
    }
}
