package io.wavegate.node.cli;

import io.wavegate.node.demo.DevCluster;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code wavegate dev-cluster}. */
@Command(
        name = "dev-cluster",
        mixinStandardHelpOptions = true,
        description = {
            "Starts a complete cluster on this machine to look at: a real Cassandra, several nodes of alpha.example, and a "
                    + "gateway of beta.example that they federate with; prints how to talk to them.",
            "Ctrl-C stops all of it. The waves are gone then; certificates and logs stay in the folder.",
            "It needs a JDK 17 and the libraries that Maven fetched when this was built, and about 0.9 GB of memory for "
                    + "Cassandra and 0.4 GB for each node."
        })
final class DevClusterCommand implements Callable<Integer> {
    private static final int MOST_NODES = 9;

    @Option(
            names = "--nodes",
            paramLabel = "N",
            description = "How many nodes, 1 to 9. Default: ${DEFAULT-VALUE}.",
            defaultValue = "3")
    private int nodes = 3;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "Where certificates, configurations and logs are kept. Default: ${DEFAULT-VALUE}.",
            defaultValue = "dev-cluster-data")
    private Path folder = Path.of("dev-cluster-data");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        if (nodes < 1 || nodes > MOST_NODES) {
            throw new ParameterException(spec.commandLine(), "--nodes must be 1 to " + MOST_NODES);
        }
        Consumer<String> screen = spec.commandLine().getOut()::println;
        try (DevCluster cluster = DevCluster.start(folder, nodes, screen)) {
            cluster.lines().forEach(screen);
            screen.accept("All of it is ready. Ctrl-C stops it.");
            cluster.watch(screen);
            new CountDownLatch(1).await();
        }
        return 0;
    }
}
