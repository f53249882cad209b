package io.wavegate.s2s.lab;

import java.util.Map;

/**
 * How a real server with many components is set up.
 *
 * @param domain its own domain, below which the components are
 * @param tls what it does about TLS with other servers
 * @param external whether it knows certificates at all: offers EXTERNAL, trusts the lab's authority
 * @param demandsCertificate whether it takes nobody without a certificate that it believes
 * @param dialback whether it speaks dialback
 * @param components their domains with the certificate for each
 */
public record ServerSetup(
        String domain,
        Tls tls,
        boolean external,
        boolean demandsCertificate,
        boolean dialback,
        Map<String, LabCertificate> components) {
    /** Encryption between servers. */
    public enum Tls {
        REQUIRED,
        OPTIONAL,
        OFF
    }
}
