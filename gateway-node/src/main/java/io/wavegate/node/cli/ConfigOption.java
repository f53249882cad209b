package io.wavegate.node.cli;

import io.wavegate.node.config.Configuration;
import io.wavegate.node.config.FindingException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --config}, for the commands that read a node's configuration. */
final class ConfigOption {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = {
                "The node's configuration (HOCON). Without it defaults and WAVEGATE_* environment variables count.",
                "Every key is explained in the reference.conf of its module."
            })
    private @Nullable Path file;

    Configuration read() throws FindingException {
        return Configuration.read(Optional.ofNullable(file), System.getenv());
    }
}
