package io.wavegate.cluster.settings;

import java.util.HashMap;
import java.util.Map;

/** Keys of Pekko Management that follow from ours. */
final class BootstrapConfig {
    private static final String FOUND = "pekko.management.cluster.bootstrap.contact-point-discovery.";
    private static final String METHOD = "pekko.discovery.wavegate.method";
    private static final String PODS = "pekko.discovery.kubernetes-api.";

    private BootstrapConfig() {}

    static Map<String, Object> of(Bootstrap bootstrap, ClusterSettings settings) {
        Map<String, Object> own = new HashMap<>();
        own.put("pekko.management.http.hostname", settings.host());
        own.put("pekko.management.http.bind-hostname", settings.bindHost());
        own.put("pekko.management.http.port", bootstrap.port());
        own.put("pekko.management.http.bind-port", bootstrap.port());
        own.put(FOUND + "service-name", bootstrap.service());
        own.put(FOUND + "required-contact-point-nr", bootstrap.contactPoints());
        own.put(
                "pekko.management.cluster.bootstrap.join-decider.class",
                "io.wavegate.cluster.formation.FoundingDecider");
        own.put(FOUND + "discovery-method", "wavegate");
        own.put("pekko.discovery.wavegate.class", "io.wavegate.cluster.formation.ToldDiscovery");
        own.put(FOUND + "stable-margin", bootstrap.stableMargin().toMillis() + "ms");
        if (bootstrap.method() == Bootstrap.Method.DNS) {
            own.put(METHOD, "pekko-dns");
            // Pekko's own resolver does not go through the JVM's cache, which would keep the first answer for good.
            own.put("pekko.io.dns.resolver", "async-dns");
        } else {
            own.put(METHOD, "kubernetes-api");
            own.put(FOUND + "port-name", "management");
            own.put(PODS + "pod-label-selector", bootstrap.labelSelector());
            // Names of pods need a cluster DNS that resolves them; addresses do not.
            own.put(PODS + "use-raw-ip", true);
            bootstrap.namespace().ifPresent(namespace -> own.put(PODS + "pod-namespace", namespace));
        }
        return own;
    }
}
