package io.wavegate.node.wiring;

import io.wavegate.node.admin.AdminGate;
import io.wavegate.node.admin.AdminSettings;
import io.wavegate.node.admin.CertificateAdmin;
import io.wavegate.node.admin.CheckAdmin;
import io.wavegate.node.admin.ClusterAdmin;
import io.wavegate.node.admin.LinkAdmin;
import io.wavegate.node.admin.ResolverAdmin;
import io.wavegate.node.http.Endpoint;
import io.wavegate.node.http.OperatorGate;
import io.wavegate.node.token.OperatorTokens;
import io.wavegate.node.token.TokenSettings;
import io.wavegate.s2s.api.CertificateViews;
import io.wavegate.s2s.api.LinkOperations;
import io.wavegate.s2s.api.Resolutions;
import io.wavegate.s2s.check.DomainChecks;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** All endpoints of the admin API; {@code docs/admin-api/openapi.yaml} describes exactly these. */
public final class AdminEndpoints {
    private AdminEndpoints() {}

    /**
     * In no particular order.
     *
     * @param domains ours, the first speaks where none is named
     */
    public static List<Endpoint> all(
            LinkOperations links,
            CertificateViews certificates,
            DomainChecks checks,
            Resolutions resolutions,
            List<String> domains,
            ClusterAdmin cluster,
            AdminSettings settings,
            InstantSource clock) {
        List<Endpoint> endpoints = new ArrayList<>(new LinkAdmin(links, settings.maxWatches(), clock).endpoints());
        endpoints.addAll(new CertificateAdmin(certificates, clock).endpoints());
        endpoints.addAll(new ResolverAdmin(resolutions).endpoints());
        endpoints.addAll(new CheckAdmin(checks, domains).endpoints());
        endpoints.addAll(cluster.endpoints());
        return endpoints;
    }

    /** Who is an operator. */
    public static OperatorGate gate(AdminSettings settings, TokenSettings tokens) {
        return new AdminGate(
                new OperatorTokens(settings.key().orElse(tokens.key()), tokens.leeway()), settings.fromAnywhere());
    }
}
