package io.wavegate.wavelet.trust;

import com.google.protobuf.ByteString;
import io.wavegate.wavelet.api.SignerInfo;
import java.security.PublicKey;

/**
 * A signer whose chain has been validated. May be kept: what was true of its chain stays true within its dates, as long
 * as the roots are the same.
 */
public final class TrustedSigner {
    private final ByteString id;
    private final SignerInfo info;
    private final PublicKey key;
    private final SignerNames names;
    private final long notBeforeMillis;
    private final long notAfterMillis;

    TrustedSigner(
            ByteString id,
            SignerInfo info,
            PublicKey key,
            SignerNames names,
            long notBeforeMillis,
            long notAfterMillis) {
        this.id = id;
        this.info = info;
        this.key = key;
        this.names = names;
        this.notBeforeMillis = notBeforeMillis;
        this.notAfterMillis = notAfterMillis;
    }

    /** The id in signatures. */
    public ByteString id() {
        return id;
    }

    /** The chain as it was given. Its {@code domain} is only claimed: ask {@link #speaksFor}. */
    public SignerInfo info() {
        return info;
    }

    /** True if the certificate names this domain. */
    public boolean speaksFor(String domain) {
        return names.include(domain);
    }

    /** True if every certificate of the chain is within its dates. */
    public boolean isValidAt(long timeMillis) {
        return timeMillis >= notBeforeMillis && timeMillis <= notAfterMillis;
    }

    PublicKey key() {
        return key;
    }

    @Override
    public String toString() {
        return "signer " + info.domain() + " " + names;
    }
}
