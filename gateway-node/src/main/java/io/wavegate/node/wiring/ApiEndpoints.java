package io.wavegate.node.wiring;

import io.wavegate.node.config.HttpSettings;
import io.wavegate.node.http.Endpoint;
import io.wavegate.node.http.Leaving;
import io.wavegate.node.http.NodeReads;
import io.wavegate.node.http.WaveletReads;
import io.wavegate.node.http.WaveletWrites;
import io.wavegate.wavelet.api.Wavelets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** All endpoints of the client API; {@code docs/client-api/openapi.yaml} describes exactly these. */
public final class ApiEndpoints {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int TOKEN_BYTES = 12;

    private ApiEndpoints() {}

    /** In no particular order. */
    public static List<Endpoint> all(Wavelets wavelets, HttpSettings settings, NodeReads node, Leaving leaving) {
        List<Endpoint> endpoints = new ArrayList<>(new WaveletReads(wavelets, settings, leaving).endpoints());
        endpoints.addAll(new WaveletWrites(wavelets, settings, ApiEndpoints::randomToken).endpoints());
        endpoints.addAll(node.endpoints());
        return endpoints;
    }

    // Of [A-Za-z0-9_-], which is all an id that every server can read may have (spec 11); 96 bits never meet.
    private static String randomToken() {
        byte[] bytes = new byte[TOKEN_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
