package io.wavegate.cassandra.runtime;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The command line and the configuration of a small Cassandra 5 on Java 17. */
final class CassandraCommand {
    private static final List<String> EXPORTS = List.of(
            "java.base/jdk.internal.misc",
            "java.base/java.lang.ref",
            "java.management.rmi/com.sun.jmx.remote.internal.rmi",
            "java.rmi/sun.rmi.registry",
            "java.rmi/sun.rmi.server",
            "java.sql/java.sql",
            "jdk.unsupported/sun.misc",
            "jdk.attach/sun.tools.attach",
            "jdk.compiler/com.sun.tools.javac.file");

    private static final List<String> OPENS = List.of(
            "java.base/java.lang",
            "java.base/java.lang.module",
            "java.base/java.lang.reflect",
            "java.base/java.io",
            "java.base/java.net",
            "java.base/java.nio",
            "java.base/java.util",
            "java.base/java.util.concurrent",
            "java.base/java.util.concurrent.atomic",
            "java.base/sun.nio.ch",
            "java.base/jdk.internal.loader",
            "java.base/jdk.internal.ref",
            "java.base/jdk.internal.reflect",
            "java.base/jdk.internal.math",
            "java.base/jdk.internal.module",
            "java.base/jdk.internal.util.jar",
            "jdk.management/com.sun.management.internal");

    private CassandraCommand() {}

    static List<String> java(NodePlan plan, Path folder, String classPath) {
        List<String> command = new ArrayList<>(plan.place().launcher());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        EXPORTS.forEach(name -> command.addAll(List.of("--add-exports", name + "=ALL-UNNAMED")));
        OPENS.forEach(name -> command.addAll(List.of("--add-opens", name + "=ALL-UNNAMED")));
        command.addAll(List.of(
                "-Xms" + plan.heapMegabytes() + "m",
                "-Xmx" + plan.heapMegabytes() + "m",
                "-Xss256k",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + folder,
                "-Dlogback.configurationFile=" + folder.resolve("logback.xml"),
                "-Dcassandra.config=" + folder.resolve("cassandra.yaml").toUri(),
                "-Dcassandra.storagedir=" + plan.place().storage().orElse(folder.resolve("storage")),
                "-Dcassandra.logdir=" + folder.resolve("log"),
                "-Dcassandra-foreground=yes",
                "-Dcassandra.ring_delay_ms=100",
                "-Dcassandra.skip_wait_for_gossip_to_settle=0",
                "-Dcassandra.superuser_setup_delay_ms=0",
                "-Dcassandra.consistent.rangemovement=false",
                "-Dcassandra.unsafesystem=" + !plan.keeps(),
                "-cp",
                classPath,
                "org.apache.cassandra.service.CassandraDaemon"));
        return command;
    }

    static String yaml(NodePlan plan) {
        return """
                cluster_name: wavegate-test
                num_tokens: 1
                initial_token: %5$d
                auto_bootstrap: false
                partitioner: org.apache.cassandra.dht.Murmur3Partitioner
                endpoint_snitch: SimpleSnitch
                seed_provider:
                  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
                    parameters:
                      - seeds: "%4$s"
                listen_address: %1$s
                rpc_address: %1$s
                storage_port: %3$d
                native_transport_port: %2$d
                start_native_transport: true
                # What a node missed while it was away stays missed until it is read: the harder case.
                hinted_handoff_enabled: false
                %6$s
                commitlog_segment_size: 32MiB
                commitlog_total_space: 128MiB
                memtable_heap_space: 64MiB
                memtable_offheap_space: 64MiB
                key_cache_size: 1MiB
                row_cache_size: 0MiB
                counter_cache_size: 0MiB
                paxos_cache_size: 4MiB
                file_cache_size: 32MiB
                networking_cache_size: 16MiB
                concurrent_reads: 8
                # A write holds one until the disk has it; what waits meanwhile shares the next turn of the disk.
                concurrent_writes: 64
                concurrent_compactors: 1
                paxos_variant: v2
                """
                .formatted(
                        plan.place().host(),
                        plan.nativePort(),
                        plan.storagePort(),
                        plan.seeds().stream()
                                .map(host -> host + ":" + plan.storagePort())
                                .collect(Collectors.joining(",")),
                        plan.token(),
                        plan.keeps()
                                ? "commitlog_sync: batch"
                                : "commitlog_sync: periodic\ncommitlog_sync_period: 1000ms");
    }

    /** Enough to see who thinks whom to be up; without a file it would say everything. */
    static String logging() {
        return """
                <configuration>
                  <appender name="OUT" class="ch.qos.logback.core.ConsoleAppender">
                    <encoder><pattern>%d{HH:mm:ss.SSS} %-5level %logger{0} %msg%n</pattern></encoder>
                  </appender>
                  <logger name="org.apache.cassandra" level="INFO"/>
                  <root level="WARN"><appender-ref ref="OUT"/></root>
                </configuration>
                """;
    }
}
