package io.wavegate.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where real input lies: the reference's vectors (a copy is in the project) and recorded traces (beside the project, in
 * {@code ../shared/traces}, or where the system property {@code wavegate.shared} says).
 */
public final class Inputs {
    private Inputs() {}

    /** A vector file of the project's own copy. */
    public static Path vector(String name) {
        return projectTop().resolve("wavelet-shards/src/test/resources/vectors").resolve(name + ".gz");
    }

    /** All traces present, by name; none if the folder is absent. */
    public static List<Path> traces() {
        Path folder = shared().resolve("traces");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json.gz"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a trace is called. */
    public static String name(Path trace) {
        String file = trace.getFileName().toString();
        int dot = file.indexOf('.');
        return dot < 0 ? file : file.substring(0, dot);
    }

    /** The project's top folder: the nearest one upwards that holds all modules. */
    public static Path projectTop() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("wavelet-shards"))) {
            Path parent = folder.getParent();
            if (parent == null) {
                throw new IllegalStateException("run this from inside the project: no folder upwards of "
                        + Path.of("").toAbsolutePath() + " holds wavelet-shards");
            }
            folder = parent;
        }
        return folder;
    }

    /** The folder {@code shared} beside the project; it may be absent. */
    public static Path shared() {
        String property = System.getProperty("wavegate.shared", "");
        return property.isEmpty() ? projectTop().resolveSibling("shared") : Path.of(property);
    }
}
