package io.wavegate.node.wiring;

import io.wavegate.wavelet.trust.TrustPolicy;
import java.security.cert.TrustAnchor;
import java.util.Set;

/** The authorities that are trusted at present, for streams and for signers alike. */
final class TrustedAuthorities {
    private volatile Set<TrustAnchor> anchors;
    private volatile TrustPolicy policy;

    TrustedAuthorities(Set<TrustAnchor> anchors) {
        this.anchors = Set.copyOf(anchors);
        this.policy = TrustPolicy.ofAnchors(anchors);
    }

    /** Others count from now on. */
    void replace(Set<TrustAnchor> replacement) {
        anchors = Set.copyOf(replacement);
        policy = TrustPolicy.ofAnchors(replacement);
    }

    Set<TrustAnchor> anchors() {
        return anchors;
    }

    /** What signers are judged by; the same object as long as nothing changes. */
    TrustPolicy policy() {
        return policy;
    }
}
