package io.wavegate.node.http;

import io.wavegate.wavelet.model.ParticipantId;
import java.util.Map;

/**
 * A request of the client API or the admin API, authenticated and read.
 *
 * @param user who asks: a participant, or an operator by name
 * @param path values of the template's parameters, decoded
 * @param query parameters, decoded
 * @param body bytes, at most as many as the configuration allows
 */
public record ApiRequest(ParticipantId user, Map<String, String> path, Map<String, String> query, byte[] body) {

    /** A parameter of the path's template; it is there, because the template matched. */
    public String parameter(String name) {
        String value = path.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the template has no parameter " + name);
        }
        return value;
    }
}
