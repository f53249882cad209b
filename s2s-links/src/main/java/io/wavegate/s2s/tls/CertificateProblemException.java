package io.wavegate.s2s.tls;

/** Carries one {@link CertificateProblem} out of the reading of a file. */
public final class CertificateProblemException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient CertificateProblem problem;

    CertificateProblemException(CertificateProblem.Kind kind, String text) {
        super(text);
        this.problem = new CertificateProblem(kind, text);
    }

    public CertificateProblem problem() {
        return problem;
    }
}
