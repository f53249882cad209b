package io.wavegate.node.wiring;

import io.wavegate.node.admin.CertificateLife;
import io.wavegate.s2s.api.CertificateView;
import io.wavegate.s2s.api.CertificateViews;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Our certificates, as they are in use now, for operators. */
final class CertificateLives {
    private static final String SIGNING = "signing";

    private CertificateLives() {}

    static List<CertificateLife> of(CertificateViews views) {
        List<CertificateView> certificates = views.certificates();
        List<CertificateLife> lives = new ArrayList<>();
        for (CertificateView view : certificates) {
            lives.add(life(view, view.use()));
            boolean signsToo = certificates.stream()
                    .noneMatch(other ->
                            other.domain().equals(view.domain()) && other.use().equals(SIGNING));
            if (signsToo) {
                lives.add(life(view, SIGNING));
            }
        }
        return lives;
    }

    private static CertificateLife life(CertificateView view, String use) {
        return new CertificateLife(
                view.domain(),
                use,
                view.subject(),
                view.issuer(),
                view.names(),
                Instant.ofEpochMilli(view.notBeforeMillis()),
                Instant.ofEpochMilli(view.notAfterMillis()));
    }
}
