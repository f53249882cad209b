package io.wavegate.node.cli;

import io.wavegate.cluster.formation.Ending;
import io.wavegate.node.wiring.GatewayNode;
import io.wavegate.node.wiring.NodeSettings;
import io.wavegate.persistence.StoreSettings;
import io.wavegate.wavelet.trust.RsaSignatures;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code wavegate run}: a node, until it is told to stop. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Runs a gateway node until SIGTERM or SIGINT.",
            "It checks its configuration first and says all that is wrong with it. Killed at any moment and started "
                    + "again, it has every delta that it ever acknowledged.",
            "Exit codes: 0 stopped or made to leave its cluster, 1 could not start, 75 to be started again (its cluster "
                    + "took it for dead, or nobody let it in)."
        })
final class RunCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Override
    public Integer call() throws Exception {
        NodeSettings settings = NodeSettings.read(config.read(), Instant.now());
        GatewayNode node = GatewayNode.start(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(node), "stop"));
        LOG.info(
                "Domains {}. Federation on {}. Client API on {}. Store: {}. Signatures: {}.",
                settings.identities().names(),
                node.streamAddresses(),
                node.apiAddress(),
                store(settings.store()),
                RsaSignatures.provider());
        Ending ending = node.stopped().join();
        if (ending == Ending.LEFT) {
            LOG.info("The node has left its cluster: {}. {}.", ending.cause(), ending.nextStep());
        } else if (ending != Ending.ASKED) {
            LOG.error("The node ended: {}. {}. Exit code {}.", ending.cause(), ending.nextStep(), ending.exitCode());
        }
        return ending.exitCode();
    }

    private static String store(StoreSettings store) {
        if (store instanceof StoreSettings.Embedded embedded) {
            return "folder " + embedded.settings().folder().toAbsolutePath();
        }
        return store instanceof StoreSettings.Memory ? "memory, nothing is kept" : "Cassandra";
    }

    private static void stop(GatewayNode node) {
        if (node.stopped().isDone()) {
            return;
        }
        LOG.info("Stopping: clients and streams are closed, what was acknowledged is stored.");
        node.close();
        LOG.info("Stopped.");
    }
}
