package io.wavegate.wavelet.trust;

import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whose certificates count, and which are too weak or too much work.
 *
 * @param anchors the roots that signers' chains must lead to
 * @param maxCertificates how many certificates a chain may have
 * @param maxCertificateBytes how large one may be, bytes of DER
 * @param minRsaBits the shortest RSA key in a chain
 * @param maxRsaBits the longest: verifying costs by the square of it
 * @param sha1Certificates whether certificates signed with SHA-1 count. Signatures of deltas always use SHA-1, which the
 *     protocol fixes; there an attacker would need a second preimage, here a collision is enough
 */
public record TrustPolicy(
        Set<TrustAnchor> anchors,
        int maxCertificates,
        int maxCertificateBytes,
        int minRsaBits,
        int maxRsaBits,
        boolean sha1Certificates) {
    public TrustPolicy {
        anchors = Set.copyOf(anchors);
        if (maxCertificates < 1 || maxCertificateBytes < 1 || minRsaBits > maxRsaBits) {
            throw new IllegalArgumentException("not a trust policy: " + maxCertificates + " certificates of "
                    + maxCertificateBytes + " bytes, RSA keys of " + minRsaBits + " to " + maxRsaBits + " bits");
        }
    }

    /** These roots, with bounds that fit today's certificates: 10 of at most 16 KiB, RSA of 2048 to 8192 bits. */
    public static TrustPolicy of(Collection<X509Certificate> roots) {
        return ofAnchors(roots.stream().map(root -> new TrustAnchor(root, null)).collect(Collectors.toSet()));
    }

    /** These anchors, with the same bounds. */
    public static TrustPolicy ofAnchors(Set<TrustAnchor> anchors) {
        return new TrustPolicy(anchors, 10, 16 * 1024, 2048, 8192, false);
    }
}
