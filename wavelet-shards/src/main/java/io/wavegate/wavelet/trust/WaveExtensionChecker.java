package io.wavegate.wavelet.trust;

import java.security.cert.Certificate;
import java.security.cert.PKIXCertPathChecker;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tolerates the critical extension that marks certificates made for Wave (spec section 6). */
final class WaveExtensionChecker extends PKIXCertPathChecker {
    private static final String WAVE_EXTENSION = "1.3.6.1.4.1.11129.2.1.1";

    @Override
    public void init(boolean forward) {}

    @Override
    public boolean isForwardCheckingSupported() {
        return true;
    }

    @Override
    public Set<String> getSupportedExtensions() {
        return Set.of(WAVE_EXTENSION);
    }

    @Override
    public void check(Certificate certificate, @Nullable Collection<String> unresolvedCriticalExtensions) {
        if (unresolvedCriticalExtensions != null) {
            unresolvedCriticalExtensions.remove(WAVE_EXTENSION);
        }
    }
}
