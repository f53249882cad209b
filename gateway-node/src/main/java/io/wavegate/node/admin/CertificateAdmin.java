package io.wavegate.node.admin;

import io.wavegate.node.http.Access;
import io.wavegate.node.http.ApiReply;
import io.wavegate.node.http.ApiRequest;
import io.wavegate.node.http.Endpoint;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Our certificates, and how long they last. */
public final class CertificateAdmin {
    private final Supplier<List<CertificateLife>> certificates;
    private final InstantSource clock;

    /** @param certificates those in use now */
    public CertificateAdmin(Supplier<List<CertificateLife>> certificates, InstantSource clock) {
        this.certificates = certificates;
        this.clock = clock;
    }

    /** All of them. */
    public List<Endpoint> endpoints() {
        return List.of(new Endpoint("GET", "/admin/v1/certificates", Access.OPERATOR, this::list));
    }

    private CompletionStage<ApiReply> list(ApiRequest request) {
        return CompletableFuture.completedFuture(
                ApiReply.ok(CertificateLife.toJson(certificates.get(), clock.instant())));
    }
}
