package io.wavegate.wavelet.trust;

import com.google.protobuf.ByteString;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads PEM text (RFC 7468) as it stands in key and certificate files. */
public final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    private Pem() {}

    /**
     * The DER of all certificates in the text, in order.
     *
     * @throws GeneralSecurityException if there is none, or a block is not base64
     */
    public static List<ByteString> certificates(String text) throws GeneralSecurityException {
        List<ByteString> found = blocks(text, "CERTIFICATE");
        if (found.isEmpty()) {
            throw new GeneralSecurityException(
                    "no CERTIFICATE block: give certificates as PEM, the signer's own first");
        }
        return found;
    }

    /**
     * The RSA private key in the text.
     *
     * @throws GeneralSecurityException if there is no PKCS #8 block or its key is not RSA
     */
    public static PrivateKey rsaPrivateKey(String text) throws GeneralSecurityException {
        List<ByteString> found = blocks(text, "PRIVATE KEY");
        if (found.size() != 1) {
            throw new GeneralSecurityException(
                    found.size() + " PRIVATE KEY blocks instead of one: give an unencrypted PKCS #8 key as PEM");
        }
        return KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(found.get(0).toByteArray()));
    }

    private static List<ByteString> blocks(String text, String label) throws GeneralSecurityException {
        List<ByteString> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            if (matcher.group(1).equals(label)) {
                try {
                    blocks.add(ByteString.copyFrom(Base64.getMimeDecoder().decode(matcher.group(2))));
                } catch (IllegalArgumentException e) {
                    throw new GeneralSecurityException("a " + label + " block is not base64", e);
                }
            }
        }
        return blocks;
    }
}
