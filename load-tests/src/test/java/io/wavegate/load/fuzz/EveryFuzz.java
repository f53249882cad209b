package io.wavegate.load.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** All targets in one, told apart by the first byte: a short run is mostly the start of the fuzzer, which it pays once so. */
public final class EveryFuzz {
    private static final List<FuzzTarget> TARGETS = List.of(FuzzTarget.values());

    private EveryFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        if (input.length > 0) {
            target(input).tryOn(Arrays.copyOfRange(input, 1, input.length));
        }
    }

    private static FuzzTarget target(byte[] input) {
        return TARGETS.get(Byte.toUnsignedInt(input[0]) % TARGETS.size());
    }

    /** Copies what is kept for all targets. */
    static void gather(Path corpus) throws IOException {
        for (FuzzTarget target : TARGETS) {
            try (Stream<Path> kept = Files.list(target.kept())) {
                for (Path file : kept.toList()) {
                    byte[] bytes = Files.readAllBytes(file);
                    byte[] prefixed = new byte[bytes.length + 1];
                    prefixed[0] = (byte) target.ordinal();
                    System.arraycopy(bytes, 0, prefixed, 1, bytes.length);
                    Files.write(corpus.resolve(target + "-" + file.getFileName()), prefixed);
                }
            }
        }
    }

    /** Gives an input that was found to its target's; one that was merely slow, as the first is, is no finding. */
    static void keep(Path found) throws IOException {
        byte[] input = Files.readAllBytes(found);
        String name = String.valueOf(found.getFileName());
        if (input.length > 0 && !name.startsWith("slow-unit")) {
            Files.write(target(input).kept().resolve(name), Arrays.copyOfRange(input, 1, input.length));
        }
    }
}
