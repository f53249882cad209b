package io.wavegate.node.wiring;

import com.typesafe.config.Config;
import io.wavegate.cluster.settings.ClusterSettings;
import io.wavegate.node.admin.AdminSettings;
import io.wavegate.node.config.Configuration;
import io.wavegate.node.config.DomainSettings;
import io.wavegate.node.config.Finding;
import io.wavegate.node.config.FindingException;
import io.wavegate.node.config.HttpSettings;
import io.wavegate.node.token.TokenSettings;
import io.wavegate.persistence.StoreSettings;
import io.wavegate.s2s.component.ComponentsSettings;
import io.wavegate.s2s.entity.LinksSettings;
import io.wavegate.s2s.netty.StreamsSettings;
import io.wavegate.s2s.resolve.ResolveSettings;
import io.wavegate.s2s.tls.CertificateProblemException;
import io.wavegate.s2s.tls.TlsSettings;
import io.wavegate.s2s.tls.TrustAnchors;
import io.wavegate.wavelet.entity.WaveletSettings;
import java.security.cert.TrustAnchor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that one node is told, read and checked before anything starts: {@code wavegate config check} and {@code run} see
 * the same.
 *
 * @param config resolved
 * @param identities certificates and keys of our domains, loaded
 * @param anchors whose certificates count, for streams and for signatures
 */
public record NodeSettings(
        Config config,
        ClusterSettings cluster,
        StoreSettings store,
        StreamsSettings streams,
        TlsSettings tls,
        ResolveSettings resolve,
        LinksSettings links,
        ComponentsSettings components,
        HttpSettings http,
        TokenSettings tokens,
        AdminSettings admin,
        LoadedDomains identities,
        Set<TrustAnchor> anchors) {

    /**
     * Reads everything, and goes on after a mistake to find all of them.
     *
     * @param now certificates must be valid then
     * @throws FindingException with every finding, unknown keys included
     */
    public static NodeSettings read(Configuration configuration, Instant now) throws FindingException {
        List<Finding> findings = new ArrayList<>(configuration.findings());
        Config config = configuration.config();
        Optional<ClusterSettings> cluster = configuration.section(ClusterSettings::from, findings);
        Optional<StoreSettings> store = configuration.section(StoreSettings::from, findings);
        Optional<StreamsSettings> streams =
                configuration.section(root -> StreamsSettings.from(root.getConfig("wavegate.s2s")), findings);
        Optional<TlsSettings> tls =
                configuration.section(root -> TlsSettings.from(root.getConfig("wavegate.s2s.tls")), findings);
        Optional<ResolveSettings> resolve =
                configuration.section(root -> ResolveSettings.from(root.getConfig("wavegate.s2s.resolve")), findings);
        Optional<LinksSettings> links =
                configuration.section(root -> LinksSettings.from(root.getConfig("wavegate.s2s.links")), findings);
        Optional<ComponentsSettings> components =
                configuration.section(root -> ComponentsSettings.from(root.getConfig("wavegate.s2s")), findings);
        configuration.section(WaveletSettings::from, findings);
        // With a cluster block that is wrong they would say the same again.
        cluster.ifPresent(settings -> {
            configuration.section(root -> MessageFrames.check(root, settings), findings);
            configuration.section(root -> HandOverTimes.check(root, settings), findings);
        });
        Optional<HttpSettings> http = configuration.section(HttpSettings::from, findings);
        Optional<TokenSettings> tokens = configuration.section(TokenSettings::from, findings);
        Optional<AdminSettings> admin = configuration.section(AdminSettings::from, findings);
        Optional<LoadedDomains> identities =
                configuration.section(root -> LoadedDomains.load(DomainSettings.from(root), now), findings);
        if (components.isPresent() && identities.isPresent() && streams.isPresent()) {
            boolean listens = !streams.get().listen().isEmpty()
                    || !streams.get().listenDirectTls().isEmpty();
            findings.addAll(
                    ComponentNames.check(components.get(), identities.get().names(), listens));
        }
        if (cluster.isPresent() && store.isPresent() && streams.isPresent()) {
            findings.addAll(SharedByNodes.check(cluster.get(), store.get(), streams.get()));
        }
        Optional<Set<TrustAnchor>> anchors =
                tls.isPresent() ? configuration.section(root -> anchors(tls.get()), findings) : Optional.empty();
        if (!findings.isEmpty()) {
            throw new FindingException(findings);
        }
        return new NodeSettings(
                config,
                cluster.orElseThrow(),
                store.orElseThrow(),
                streams.orElseThrow(),
                tls.orElseThrow(),
                resolve.orElseThrow(),
                links.orElseThrow().withIdSecrets(streams.orElseThrow().dialbackSecrets()),
                components.orElseThrow(),
                http.orElseThrow(),
                tokens.orElseThrow(),
                admin.orElseThrow(),
                identities.orElseThrow(),
                anchors.orElseThrow());
    }

    private static Set<TrustAnchor> anchors(TlsSettings tls) throws FindingException {
        try {
            return TrustAnchors.load(tls);
        } catch (CertificateProblemException e) {
            throw new FindingException(
                    "wavegate.s2s.tls.trust-anchors",
                    e.problem().text(),
                    "Name PEM files of certificate authorities there, or leave it empty to use the system's alone");
        }
    }
}
