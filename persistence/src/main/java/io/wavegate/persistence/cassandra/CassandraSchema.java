package io.wavegate.persistence.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.metadata.NodeState;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** The shipped tables: one CQL file for each version of the schema, to be applied in order. */
public final class CassandraSchema {
    /** The version this program needs: the number of the newest file. */
    public static final int VERSION = 1;

    private static final String KEYSPACE_OF_THE_FILES = "wavegate.";

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private CassandraSchema() {}

    /** All statements for these settings in order, that which creates the keyspace first; none does harm a second time. */
    public static List<String> statements(CassandraSettings settings) {
        List<String> all = new ArrayList<>();
        all.add("CREATE KEYSPACE IF NOT EXISTS " + settings.keyspace() + " WITH replication = "
                + settings.replication());
        for (int version = 1; version <= VERSION; version++) {
            all.addAll(statements(settings, version));
        }
        return List.copyOf(all);
    }

    /** The statements that lead from the version before to this one. */
    public static List<String> statements(CassandraSettings settings, int version) {
        String script = resource(fileName(version))
                .lines()
                .filter(line -> !line.startsWith("--"))
                .collect(Collectors.joining("\n"))
                .replace(KEYSPACE_OF_THE_FILES, settings.keyspace() + ".");
        return Arrays.stream(script.split(";"))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toList();
    }

    static String fileName(int version) {
        return "%04d.cql".formatted(version);
    }

    /**
     * Makes what is missing. All who do so at the same time go to the same node, which does one thing after the other: made
     * by two nodes at once, a table would get two identities.
     */
    static void create(CqlSession session, CassandraSettings settings) {
        Optional<Node> one = session.getMetadata().getNodes().values().stream()
                .filter(node -> node.getState() != NodeState.DOWN)
                .min(Comparator.comparing(node -> node.getEndPoint().toString()));
        for (String statement : statements(settings)) {
            session.execute(SimpleStatement.newInstance(statement)
                    .setNode(one.orElse(null))
                    .setConsistencyLevel(CassandraCluster.quorum(settings))
                    .setTimeout(LIMIT));
        }
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(CassandraSchema.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
