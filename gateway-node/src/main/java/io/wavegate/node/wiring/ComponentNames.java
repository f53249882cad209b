package io.wavegate.node.wiring;

import io.wavegate.node.config.Finding;
import io.wavegate.s2s.component.ComponentsSettings;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** How names of components and our domains fit together. */
final class ComponentNames {
    private static final String WAVE = "wave.";

    private ComponentNames() {}

    /**
     * What does not fit.
     *
     * @param listens whether streams of other domains are to be accepted
     */
    static List<Finding> check(ComponentsSettings components, List<String> domains, boolean listens) {
        List<Finding> findings = new ArrayList<>();
        for (String host : components.accept().keySet()) {
            boolean ours = domains.contains(host)
                    || (host.startsWith(WAVE) && domains.contains(host.substring(WAVE.length())));
            if (ours) {
                findings.add(new Finding(
                        "wavegate.s2s.components.accept",
                        host + " is a name of this gateway's own wave service",
                        "Give the component another name, or take the domain out of wavegate.domains"));
            }
        }
        components.connect().forEach((host, connected) -> {
            if (!domains.contains(connected.domain())) {
                findings.add(new Finding(
                        "wavegate.s2s.components.connect",
                        host + " is to serve " + connected.domain() + ", which is none of this gateway's domains",
                        "Add the domain to wavegate.domains, or say which it is by domain = \"a.example\""));
            }
        });
        if (!components.accept().isEmpty() && components.listen().isEmpty()) {
            findings.add(new Finding(
                    "wavegate.s2s.components.listen",
                    "is empty, so the components under accept cannot connect",
                    "Set it, for example to [\"127.0.0.1:5347\"]"));
        }
        if (listens && !domains.isEmpty() && served(components, domains).isEmpty()) {
            findings.add(new Finding(
                    "wavegate.s2s.listen",
                    "is set, but every domain here is a component of another server, which takes the streams of other"
                            + " domains for it",
                    "Set it and listen-direct-tls to []"));
        }
        return findings;
    }

    /**
     * The names for which streams of other domains are taken: our domains, the name that others guess each one's wave
     * service at (spec 2), and components that connect to us; not what another server serves for us.
     */
    static Set<String> served(ComponentsSettings components, List<String> domains) {
        Set<String> served = new LinkedHashSet<>(domains);
        domains.forEach(domain -> served.add(WAVE + domain));
        components.connect().forEach((host, connected) -> {
            served.remove(host);
            served.remove(connected.domain());
            served.remove(WAVE + connected.domain());
        });
        served.addAll(components.accept().keySet().stream().sorted().toList());
        return served;
    }
}
