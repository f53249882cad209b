package io.wavegate.cluster.settings;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.Optional;

/**
 * How nodes find each other without a list.
 *
 * @param method where to look
 * @param service the DNS name, or what fills the label selector
 * @param contactPoints how many must have been asked before a cluster is formed
 * @param port where nodes ask each other
 * @param stableMargin how long what was found must stay the same
 * @param labelSelector which pods are nodes
 * @param namespace of the pods; empty: that of this pod
 */
public record Bootstrap(
        Method method,
        String service,
        int contactPoints,
        int port,
        Duration stableMargin,
        String labelSelector,
        Optional<String> namespace) {
    private static final int MOST_CONTACT_POINTS = 100;

    /** Where to look. */
    public enum Method {
        /** The address records of a name. */
        DNS,

        /** The pods that the Kubernetes API lists. */
        KUBERNETES
    }

    /**
     * Reads and validates.
     *
     * @param cluster the value of {@code wavegate.cluster}
     * @return empty if nodes are found by a list
     */
    static Optional<Bootstrap> from(Config cluster) {
        String discovery = cluster.getString("discovery");
        Rules.require(
                cluster,
                "discovery",
                discovery.equals("seeds") || discovery.equals("dns") || discovery.equals("kubernetes"),
                "must be seeds, dns or kubernetes");
        if (discovery.equals("seeds")) {
            return Optional.empty();
        }
        Config config = cluster.getConfig("bootstrap");
        String service = config.getString("service");
        int contactPoints = config.getInt("contact-points");
        int port = config.getInt("port");
        Rules.require(cluster, "bootstrap.service", !service.isBlank(), "must be a name with this discovery");
        Rules.require(
                cluster,
                "bootstrap.contact-points",
                contactPoints >= 1 && contactPoints <= MOST_CONTACT_POINTS,
                "must be 1 to " + MOST_CONTACT_POINTS);
        Rules.require(
                cluster, "bootstrap.port", port > 0 && port < 65_536, "must be 1 to 65535, the same on all nodes");
        String namespace = config.getString("namespace");
        return Optional.of(new Bootstrap(
                discovery.equals("dns") ? Method.DNS : Method.KUBERNETES,
                service,
                contactPoints,
                port,
                Rules.duration(cluster, "bootstrap.stable-margin", Duration.ofMillis(100), Duration.ofMinutes(5)),
                config.getString("label-selector"),
                namespace.isBlank() ? Optional.empty() : Optional.of(namespace)));
    }
}
