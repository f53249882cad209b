package io.wavegate.node.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A certificate of ours and how long it lasts.
 *
 * @param domain whose it is
 * @param use {@code tls} or {@code signing}
 * @param subject distinguished name
 * @param issuer distinguished name
 * @param names what it names, as written in it
 * @param notBefore from when on it is valid
 * @param notAfter until when its chain is valid: the end of whichever certificate of it ends first
 */
public record CertificateLife(
        String domain,
        String use,
        String subject,
        String issuer,
        List<String> names,
        Instant notBefore,
        Instant notAfter) {
    public CertificateLife {
        names = List.copyOf(names);
    }

    static ObjectNode toJson(List<CertificateLife> certificates, Instant now) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("now", now.toString());
        ArrayNode list = answer.putArray("certificates");
        for (CertificateLife one : certificates) {
            ObjectNode json = list.addObject()
                    .put("domain", one.domain)
                    .put("use", one.use)
                    .put("subject", one.subject)
                    .put("issuer", one.issuer)
                    .put("not_before", one.notBefore.toString())
                    .put("not_after", one.notAfter.toString())
                    .put(
                            "seconds_left",
                            Math.max(0, Duration.between(now, one.notAfter).toSeconds()));
            ArrayNode names = json.putArray("names");
            one.names.forEach(names::add);
        }
        return answer;
    }
}
