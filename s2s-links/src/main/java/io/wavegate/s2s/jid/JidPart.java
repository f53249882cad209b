package io.wavegate.s2s.jid;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Optional;
import rocks.xmpp.precis.PrecisProfile;
import rocks.xmpp.precis.PrecisProfiles;

/** Preparation of local parts and resources (RFC 7622 sections 3.3 and 3.4, RFC 8265). */
final class JidPart {
    private static final int MAX_OCTETS = 1023;
    private static final int MAX_ROUNDS = 3;
    private static final String EXCLUDED = "\"&'/:<>@";

    private JidPart() {}

    static Optional<String> local(String raw) {
        if (raw.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            return Optional.of(CodePoints.lowerCase(raw)).filter(JidPart::isLocal);
        }
        return enforce(PrecisProfiles.USERNAME_CASE_MAPPED, CodePoints.lowerCase(raw))
                .filter(JidPart::isLocal)
                // A form that older servers (NFKC) would read as another address is refused (spec 23).
                .filter(local ->
                        Normalizer.normalize(local, Normalizer.Form.NFKC).equals(local));
    }

    static Optional<String> resource(String raw) {
        if (raw.chars().allMatch(c -> c >= ' ' && c < 0x7F)) {
            return Optional.of(raw).filter(JidPart::hasGoodLength);
        }
        return enforce(PrecisProfiles.OPAQUE_STRING, raw).filter(JidPart::hasGoodLength);
    }

    /** Applies the profile until nothing changes any more (RFC 8264 section 7). */
    private static Optional<String> enforce(PrecisProfile profile, String raw) {
        try {
            String value = profile.enforce(raw);
            for (int round = 0; round < MAX_ROUNDS; round++) {
                String again = profile.enforce(value);
                if (again.equals(value)) {
                    return Optional.of(value);
                }
                value = again;
            }
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isLocal(String local) {
        return hasGoodLength(local) && local.chars().allMatch(c -> EXCLUDED.indexOf(c) < 0);
    }

    private static boolean hasGoodLength(String part) {
        return !part.isEmpty() && part.getBytes(StandardCharsets.UTF_8).length <= MAX_OCTETS;
    }
}
