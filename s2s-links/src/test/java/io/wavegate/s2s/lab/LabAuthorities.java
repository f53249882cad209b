package io.wavegate.s2s.lab;

/**
 * The authorities of a lab.
 *
 * @param root trusted by everybody
 * @param intermediate issued by the root; known to nobody who is not sent it
 * @param stranger trusted by nobody
 */
public record LabAuthorities(LabCertificate root, LabCertificate intermediate, LabCertificate stranger) {
    /** Fresh ones below this root. */
    public static LabAuthorities below(LabCertificate root) {
        return new LabAuthorities(
                root,
                LabCertificate.request("Intermediate authority").authority().signedBy(root),
                LabCertificate.authority("Authority of strangers"));
    }
}
