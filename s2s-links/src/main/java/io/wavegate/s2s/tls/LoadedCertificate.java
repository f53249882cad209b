package io.wavegate.s2s.tls;

import java.util.List;

/** What reading the certificate and key of one of our domains came to. */
public sealed interface LoadedCertificate {
    /** In order. */
    record Usable(DomainCertificate certificate) implements LoadedCertificate {}

    /**
     * Not to be used.
     *
     * @param problems all that was found, at least one
     */
    record Broken(List<CertificateProblem> problems) implements LoadedCertificate {
        public Broken {
            problems = List.copyOf(problems);
        }
    }
}
