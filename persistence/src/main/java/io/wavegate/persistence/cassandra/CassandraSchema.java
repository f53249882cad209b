package io.wavegate.persistence.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** The shipped tables. */
public final class CassandraSchema {
    private CassandraSchema() {}

    /** The statements of {@code schema.cql} for these settings, in order; each may be run again without harm. */
    public static List<String> statements(CassandraSettings settings) {
        String script = resource()
                .lines()
                .filter(line -> !line.startsWith("--"))
                .collect(Collectors.joining("\n"))
                .replace("${keyspace}", settings.keyspace())
                .replace("${replication}", settings.replication());
        return Arrays.stream(script.split(";"))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toList();
    }

    static void create(CqlSession session, CassandraSettings settings) {
        statements(settings).forEach(session::execute);
    }

    private static String resource() {
        try (InputStream in = Objects.requireNonNull(CassandraSchema.class.getResourceAsStream("schema.cql"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
