package io.wavegate.node.admin;

import io.wavegate.node.http.Access;
import io.wavegate.node.http.ApiReply;
import io.wavegate.node.http.ApiRequest;
import io.wavegate.node.http.Endpoint;
import io.wavegate.s2s.api.CertificateViews;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Our certificates: how long they last, what may be held against them, and having new files read now. */
public final class CertificateAdmin {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateAdmin.class);
    private static final String CERTIFICATES = "/admin/v1/certificates";

    private final CertificateViews certificates;
    private final InstantSource clock;

    public CertificateAdmin(CertificateViews certificates, InstantSource clock) {
        this.certificates = certificates;
        this.clock = clock;
    }

    /** All of them. */
    public List<Endpoint> endpoints() {
        return List.of(
                new Endpoint("GET", CERTIFICATES, Access.OPERATOR, this::list),
                new Endpoint("POST", CERTIFICATES + "/reload", Access.OPERATOR, this::reload));
    }

    private CompletionStage<ApiReply> list(ApiRequest request) {
        return CompletableFuture.completedFuture(
                ApiReply.ok(CertificateJson.of(certificates.certificates(), clock.instant())));
    }

    /** Reads files, which is not for the thread that serves requests. */
    private CompletionStage<ApiReply> reload(ApiRequest request) {
        LOG.info("Operator {} has the files of certificates read", request.user());
        return CompletableFuture.supplyAsync(() -> {
            certificates.reload();
            return ApiReply.ok(CertificateJson.of(certificates.certificates(), clock.instant()));
        });
    }
}
