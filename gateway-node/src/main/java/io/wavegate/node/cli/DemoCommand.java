package io.wavegate.node.cli;

import io.wavegate.node.config.FindingException;
import io.wavegate.node.demo.DemoOutcome;
import io.wavegate.node.demo.Demonstration;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code wavegate demo}. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Shows the whole path: two gateway processes for two domains on loopback, and two people, one at each, who "
                    + "type a recorded session into one wave through their own gateway's client API.",
            "Each edit is typed against what that person had seen. The exit code is 0 only if both sides hold the "
                    + "recording's text and the same history, hash for hash."
        })
final class DemoCommand implements Callable<Integer> {
    @Option(
            names = "--trace",
            paramLabel = "FILE",
            description =
                    "A recording to type: JSON, gzipped or not, of one or two people. Default: friendsforever from "
                            + "../shared/traces if that is there, else a small one of the project's own.")
    private @Nullable Path trace;

    @Option(names = "--keep", description = "Leave both gateways running and print how to talk to them.")
    private boolean keep;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "Where certificates, stores and logs are kept. Default: ${DEFAULT-VALUE}.",
            defaultValue = "demo-data")
    private Path folder = Path.of("demo-data");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        try {
            DemoOutcome outcome = new Demonstration(folder, out).run(Optional.ofNullable(trace), keep);
            out.println(outcome.right() ? "All of it is right." : "NOT right: see above.");
            out.flush();
            return outcome.right() ? 0 : 1;
        } catch (TimeoutException | ExecutionException e) {
            throw new FindingException(
                    "The demonstration",
                    "did not get to its end (" + (e.getMessage() == null ? e.toString() : e.getMessage()) + ")",
                    "The gateways' logs in " + folder.toAbsolutePath() + " say more");
        }
    }
}
