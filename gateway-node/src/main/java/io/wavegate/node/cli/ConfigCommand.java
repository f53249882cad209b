package io.wavegate.node.cli;

import io.wavegate.node.wiring.NodeSettings;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code wavegate config}. */
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        description = "Works on a node's configuration.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ConfigCommand.Check.class})
final class ConfigCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return CommandLine.ExitCode.USAGE;
    }

    /** {@code wavegate config check}. */
    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = {
                "Reads a configuration as `run` would and names every unknown key and wrong value, with file and line, "
                        + "and every certificate or key that cannot be used. Starts nothing.",
                "Exit code 0 if a node would start on it, 1 if not."
            })
    static final class Check implements Callable<Integer> {
        @Mixin
        private ConfigOption config = new ConfigOption();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws Exception {
            NodeSettings settings = NodeSettings.read(config.read(), Instant.now());
            spec.commandLine()
                    .getOut()
                    .println("The configuration is right. Domains: "
                            + String.join(", ", settings.identities().names()) + ".");
            return 0;
        }
    }
}
