package io.wavegate.node.cli;

import io.wavegate.node.config.Finding;
import io.wavegate.node.config.FindingException;
import io.wavegate.persistence.cassandra.CassandraSchema;
import io.wavegate.persistence.cassandra.CassandraSettings;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code wavegate schema}. */
@Command(
        name = "schema",
        mixinStandardHelpOptions = true,
        description = {
            "Prints the CQL that makes the Cassandra store's keyspace and tables for a configuration, or leads from an "
                    + "older schema to this release's. Connects to nothing; no statement does harm a second time.",
            "Example:  wavegate schema --config gateway.conf | cqlsh cassandra.example"
        })
final class SchemaCommand implements Callable<Integer> {
    @Option(
            names = "--from",
            paramLabel = "N",
            description =
                    "Only what leads on from schema N. A node that does not start because of its tables names it.")
    private Optional<Integer> from = Optional.empty();

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        List<Finding> findings = new ArrayList<>();
        Optional<CassandraSettings> settings = config.read()
                .section(all -> CassandraSettings.from(all.getConfig("wavegate.store.cassandra")), findings);
        if (settings.isEmpty()) {
            throw new FindingException(findings);
        }
        PrintWriter out = spec.commandLine().getOut();
        statements(settings.get()).forEach(statement -> out.println(statement + ";\n"));
        return 0;
    }

    private List<String> statements(CassandraSettings settings) throws FindingException {
        if (from.isEmpty()) {
            return CassandraSchema.statements(settings);
        }
        if (from.get() < 0 || from.get() > CassandraSchema.VERSION) {
            throw new FindingException(
                    "--from " + from.get(),
                    "is no schema of this release",
                    "Give a number from 0 to " + CassandraSchema.VERSION);
        }
        List<String> statements = new ArrayList<>();
        for (int version = from.get() + 1; version <= CassandraSchema.VERSION; version++) {
            statements.addAll(CassandraSchema.statements(settings, version));
        }
        return statements;
    }
}
