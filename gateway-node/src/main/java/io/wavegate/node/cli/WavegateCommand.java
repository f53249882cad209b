package io.wavegate.node.cli;

import io.wavegate.node.config.FindingException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code wavegate}: what it can do is in its subcommands. */
@Command(
        name = "wavegate",
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        description = "A federation gateway for Wave: hosts waves of its domains and edits waves of others over XMPP.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            DevClusterCommand.class,
            RunCommand.class,
            ConfigCommand.class,
            TokenCommand.class,
            CheckCommand.class,
            LinksCommand.class,
            ClusterCommand.class,
            SchemaCommand.class,
            ConformanceCommand.class,
            CommandLine.HelpCommand.class
        },
        footer = {
            "",
            "Exit codes: 0 done, 1 refused or failed (the reason is printed), 2 wrong usage; `check`, `links`, `cluster` and `run` have more."
        })
public final class WavegateCommand {
    private static final int FAILED = 1;

    private WavegateCommand() {}

    /** Runs a command line; returns the exit code. */
    public static int run(String... arguments) {
        return line().execute(arguments.length == 0 ? new String[] {"--help"} : arguments);
    }

    /** The command line, with what an operator is told when a command fails. */
    static CommandLine line() {
        CommandLine line = new CommandLine(new WavegateCommand());
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof FindingException finding) {
                finding.findings().forEach(one -> command.getErr().println(one));
                return finding.exitCode();
            }
            failure.printStackTrace(command.getErr());
            return FAILED;
        });
        return line;
    }
}
