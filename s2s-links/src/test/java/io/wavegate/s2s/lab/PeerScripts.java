package io.wavegate.s2s.lab;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The scripts of {@code ../shared/peers}, run with a folder and a network of their own, so that labs do not meet. */
public final class PeerScripts {
    private static final String SECRET = "s3cr3t";
    private final Path scripts;
    private final Path work;
    private final String network;

    private PeerScripts(Path scripts, Path work, String network) {
        this.scripts = scripts;
        this.work = work;
        this.network = network;
    }

    /**
     * Skips the test if the scripts or the programs that they run are not there.
     *
     * @param work for all files
     * @param network three octets of a loopback network
     */
    public static PeerScripts need(Path work, String network) {
        Path scripts = shared().resolve("peers");
        assumeTrue(
                Files.isRegularFile(scripts.resolve("dns.sh")),
                "the scripts of the peer lab are not in ../shared/peers beside the project (system property"
                        + " wavegate.shared names another place)");
        Peers.need("unbound", "unbound");
        Peers.need("prosody", "prosody");
        return new PeerScripts(scripts, work, network);
    }

    /** Where they are, if they are there. */
    public static Path folder() {
        return shared().resolve("peers");
    }

    private static Path shared() {
        String property = System.getProperty("wavegate.shared", "");
        if (!property.isEmpty()) {
            return Path.of(property);
        }
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolveSibling("shared"))) {
                return folder.resolveSibling("shared");
            }
        }
        return Path.of("../shared");
    }

    /** Runs one to its end. */
    public void run(String script, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("bash", scripts.resolve(script).toString(), "-w", work.toString()));
        command.addAll(List.of(arguments));
        Path log = work.resolve(script + ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.redirectInput(Path.of("/dev/null").toFile());
        builder.environment().put("PEERS_NET", network);
        try {
            Process process = builder.start();
            if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(command + " failed:\n" + Files.readString(log, StandardCharsets.ISO_8859_1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + command + " ran", e);
        }
    }

    /** An address of the lab's network. */
    public String address(int last) {
        return network + "." + last;
    }

    /** A file or folder that the scripts write. */
    public Path file(String name) {
        return work.resolve(name);
    }

    /** What components say to be let in. */
    public String secret() {
        return SECRET;
    }
}
