package io.wavegate.node.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wavegate.s2s.api.CertificateView;
import java.time.Instant;
import java.util.List;

/**
 * Our certificates as the admin API writes them. Where one serves streams and deltas it is there under both uses, so that
 * each question finds its answer.
 */
final class CertificateJson {
    private static final String SIGNING = "signing";

    private CertificateJson() {}

    static ObjectNode of(List<CertificateView> certificates, Instant now) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("now", now.toString());
        ArrayNode list = answer.putArray("certificates");
        for (CertificateView certificate : certificates) {
            list.add(of(certificate, certificate.use(), now));
            boolean signsToo = certificates.stream()
                    .noneMatch(other -> other.domain().equals(certificate.domain())
                            && other.use().equals(SIGNING));
            if (signsToo) {
                list.add(of(certificate, SIGNING, now));
            }
        }
        return answer;
    }

    private static ObjectNode of(CertificateView certificate, String use, Instant now) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("domain", certificate.domain())
                .put("use", use)
                .put("subject", certificate.subject())
                .put("issuer", certificate.issuer())
                .put("not_before", time(certificate.notBeforeMillis()))
                .put("not_after", time(certificate.notAfterMillis()))
                .put("seconds_left", Math.max(0, certificate.remainingSeconds(now.toEpochMilli())))
                .put("in_use_since", time(certificate.sinceMillis()));
        ArrayNode names = json.putArray("names");
        certificate.names().forEach(names::add);
        if (!certificate.problem().isEmpty()) {
            json.put("problem", certificate.problem());
        }
        ArrayNode advice = json.putArray("advice");
        certificate.advice().forEach(advice::add);
        return json;
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
