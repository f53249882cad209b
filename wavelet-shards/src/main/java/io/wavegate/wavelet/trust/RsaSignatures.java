package io.wavegate.wavelet.trust;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.util.Optional;

/**
 * RSA PKCS #1 v1.5 with SHA-1: the only signature the protocol has (spec section 6).
 *
 * <p>Signing bounds how fast local authors can be served, so the native library is used where its binary loads (Linux on
 * the processor the build was made for): it signs about three times as fast as the JDK. Anywhere else the JDK does the
 * same, slower. The provider is named at each use and never installed, so that nothing else in the process changes.
 */
public final class RsaSignatures {
    private static final String ALGORITHM = "SHA1withRSA";
    private static final Optional<Provider> NATIVE = nativeProvider();

    private RsaSignatures() {}

    /** Whose implementation is in use, for an operator. */
    public static String provider() {
        return NATIVE.map(Provider::getName).orElse("JDK");
    }

    static Signature create() throws GeneralSecurityException {
        return NATIVE.isPresent() ? Signature.getInstance(ALGORITHM, NATIVE.get()) : Signature.getInstance(ALGORITHM);
    }

    /** The key in the form that {@link #create()} takes without converting it at each use. */
    static PrivateKey prepared(PrivateKey key) throws InvalidKeyException {
        if (NATIVE.isEmpty()) {
            return key;
        }
        try {
            Key translated = KeyFactory.getInstance("RSA", NATIVE.get()).translateKey(key);
            return translated instanceof PrivateKey prepared ? prepared : key;
        } catch (GeneralSecurityException e) {
            throw new InvalidKeyException("not an RSA private key: the protocol signs with RSA only", e);
        }
    }

    private static Optional<Provider> nativeProvider() {
        AmazonCorrettoCryptoProvider provider = AmazonCorrettoCryptoProvider.INSTANCE;
        return provider.getLoadingError() == null ? Optional.of(provider) : Optional.empty();
    }
}
