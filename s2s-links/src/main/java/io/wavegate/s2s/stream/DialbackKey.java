package io.wavegate.s2s.stream;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes and checks dialback keys as XEP-0185 recommends. Verification needs the question and the secret alone, so any node of
 * a cluster can answer for a stream that lives on another.
 */
public final class DialbackKey {
    private final List<SecretKeySpec> secrets;

    private DialbackKey(List<SecretKeySpec> secrets) {
        this.secrets = secrets;
    }

    /** Of a secret, at least 128 bits of randomness, the same on all nodes and never sent. */
    public static DialbackKey of(String secret) {
        return ofAll(List.of(secret));
    }

    /** Keys are made with the first secret; keys of the others are still recognised while secrets are being changed. */
    public static DialbackKey ofAll(List<String> secrets) {
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("dialback needs a secret");
        }
        return new DialbackKey(secrets.stream().map(DialbackKey::hmacKey).toList());
    }

    /** The key for a stream that the target gave the id to. */
    public String make(String target, String sender, String streamId) {
        return make(secrets.get(0), target, sender, streamId);
    }

    /** Whether the key is ours; takes as long for a wrong one as for a right one (CVE-2021-32921). */
    public boolean recognises(DialbackQuestion question) {
        byte[] given = question.key().getBytes(StandardCharsets.UTF_8);
        boolean recognised = false;
        for (SecretKeySpec secret : secrets) {
            String expected = make(secret, question.target(), question.sender(), question.streamId());
            recognised |= MessageDigest.isEqual(expected.getBytes(StandardCharsets.US_ASCII), given);
        }
        return recognised;
    }

    /** The HMAC's key is the hexadecimal text of the hash, not its bytes (XEP-0185 section 3). */
    private static SecretKeySpec hmacKey(String secret) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            byte[] hex = HexFormat.of().formatHex(hash).getBytes(StandardCharsets.US_ASCII);
            return new SecretKeySpec(hex, "HmacSHA256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /** The separators keep keys of domains apart that end alike (CVE-2016-0756). */
    private static String make(SecretKeySpec secret, String target, String sender, String streamId) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(secret);
            byte[] message = (target + " " + sender + " " + streamId).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(mac.doFinal(message));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has HmacSHA256", e);
        }
    }
}
