package io.wavegate.wavelet.entity;

import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletName;

/** Names of the durable sets that wavelets keep. Stable for ever. */
final class SetNames {
    static final String BEHIND = "behind/";

    private SetNames() {}

    /** The wavelets (URIs) that one of our users is on. */
    static String ofUser(ParticipantId user) {
        return "user/" + user.address();
    }

    /** The wavelets (URIs) on which a remote domain is behind, or we behind it. */
    static String behind(String localDomain, String remoteDomain) {
        return BEHIND + localDomain + "/" + remoteDomain;
    }

    /** The domains that have left a hosted wavelet, each with the delta that removed it: see {@link Departure}. */
    static String departures(WaveletName wavelet) {
        return "left/" + wavelet.toUri();
    }
}
