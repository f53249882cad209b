package io.wavegate.load.chaos.lab;

import io.wavegate.node.devca.DevelopmentCa;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** The configuration of a node, as an operator would write it. What is not said here is as shipped. */
final class GatewayText {
    private GatewayText() {}

    /**
     * @param node which node
     * @param cluster its cluster
     * @param seeds all nodes to join, {@code host:port}
     * @param further lines that win over what stands before them
     */
    static String of(
            LabNode node, LabCluster.Plan cluster, List<String> seeds, LabKeys keys, String dns, String further)
            throws IOException {
        StringBuilder domains = new StringBuilder();
        for (String domain : cluster.domains()) {
            DevelopmentCa.CertificateAndKey files = keys.authority().issue(domain);
            domains.append("  { name = \"%s\", certificate = \"%s\", key = \"%s\" }\n"
                    .formatted(domain, files.certificate(), files.key()));
        }
        String address = node.host().address();
        return """
                %1$s
                wavegate.domains = [
                %2$s]
                wavegate.http { host = "%3$s", port = %4$d }
                wavegate.tokens.key = "%5$s"
                wavegate.admin.from-anywhere = true
                wavegate.cluster {
                  host = "%3$s"
                  port = %6$d
                  seed-nodes = [%7$s]
                  roles = [%8$s]
                  failure-detection = %13$s
                }
                wavegate.s2s {
                  listen = ["%3$s:%9$d"]
                  streams.dialback-secrets = ["%14$s"]
                  tls { trust-anchors = ["%10$s"], system-anchors = false }
                  resolve { servers = ["%11$s"], allow-private-addresses = true, maximum-ttl = 5s }
                }
                %12$s
                """
                .formatted(
                        cluster.store(),
                        domains,
                        address,
                        LabNode.API_PORT,
                        keys.tokenKey(),
                        LabNode.CLUSTER_PORT,
                        quoted(seeds),
                        quoted(node.roles().stream().sorted().toList()),
                        LabNode.STREAM_PORT,
                        keys.authority().anchor(),
                        dns,
                        further,
                        cluster.fast() ? "fast" : "production",
                        "the dialback secret of the nodes of " + cluster.name());
    }

    private static String quoted(List<String> texts) {
        return texts.stream().map(text -> "\"" + text + "\"").collect(Collectors.joining(", "));
    }
}
