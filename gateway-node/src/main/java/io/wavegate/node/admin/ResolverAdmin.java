package io.wavegate.node.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.wavegate.node.http.Access;
import io.wavegate.node.http.ApiReply;
import io.wavegate.node.http.ApiRequest;
import io.wavegate.node.http.Endpoint;
import io.wavegate.node.http.ProblemException;
import io.wavegate.s2s.api.Resolutions;
import io.wavegate.s2s.jid.Domain;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this node remembers of DNS. */
public final class ResolverAdmin {
    private static final Logger LOG = LoggerFactory.getLogger(ResolverAdmin.class);

    private final Resolutions resolutions;

    public ResolverAdmin(Resolutions resolutions) {
        this.resolutions = resolutions;
    }

    /** All of them. */
    public List<Endpoint> endpoints() {
        return List.of(new Endpoint("POST", "/admin/v1/resolver/flush", Access.OPERATOR, this::flush));
    }

    private CompletionStage<ApiReply> flush(ApiRequest request) throws ProblemException {
        String wanted = request.query().get("domain");
        Optional<Domain> domain =
                wanted == null ? Optional.empty() : Optional.of(new Domain(LinkChoice.domain(wanted)));
        int forgotten = resolutions.flush(domain);
        LOG.info(
                "Operator {} let {} kept DNS answers be forgotten ({})",
                request.user(),
                forgotten,
                domain.map(Domain::value).orElse("all"));
        return CompletableFuture.completedFuture(
                ApiReply.ok(JsonNodeFactory.instance.objectNode().put("forgotten", forgotten)));
    }
}
