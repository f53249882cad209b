package io.wavegate.s2s.entity;

import io.wavegate.s2s.stream.DomainPair;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Ids of the stanzas of links. Nobody can guess one, and every node that shares the secret sees in an answer's id that a node of
 * ours made it, and for which link: a name that serves several domains answers to any node, and only one of them has that link.
 */
final class LinkIds {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int RANDOM_BYTES = 16;
    private static final int PROOF_BYTES = 12;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final int RANDOM_CHARS = 22;
    private static final int OWN_CHARS = RANDOM_CHARS + 16;

    private final List<SecretKeySpec> keys;
    private final Random random;

    /** @param secrets the one to make ids with first; none for a node that has no others */
    LinkIds(List<String> secrets, Random random) {
        this.random = random;
        this.keys = secrets.isEmpty()
                ? List.of(key(text(random)))
                : secrets.stream().map(LinkIds::key).toList();
    }

    private static SecretKeySpec key(String secret) {
        // The secrets have another use too.
        byte[] derived =
                mac(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM), "wavegate ids of links");
        return new SecretKeySpec(derived, ALGORITHM);
    }

    /** Text that nobody can guess. */
    static String text(Random random) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return BASE64.encodeToString(bytes);
    }

    /** An id for a stanza of a link. What it begins with has no dot, and what follows the dot is the remote domain. */
    String next(DomainPair link) {
        String fresh = text(random);
        return fresh + proof(keys.get(0), fresh, link) + "." + link.remote();
    }

    /** The remote domain of the link of this local domain for which a node of ours made the id; empty if none did. */
    Optional<String> remoteOf(String local, String id) {
        if (id.indexOf('.') != OWN_CHARS) {
            return Optional.empty();
        }
        String fresh = id.substring(0, RANDOM_CHARS);
        byte[] proof = id.substring(RANDOM_CHARS, OWN_CHARS).getBytes(StandardCharsets.UTF_8);
        DomainPair link = new DomainPair(local, id.substring(OWN_CHARS + 1));
        return keys.stream()
                        .anyMatch(key -> MessageDigest.isEqual(
                                proof, proof(key, fresh, link).getBytes(StandardCharsets.UTF_8)))
                ? Optional.of(link.remote())
                : Optional.empty();
    }

    private static String proof(SecretKeySpec key, String fresh, DomainPair link) {
        byte[] mac = mac(key, fresh + " " + link.local() + " " + link.remote());
        return BASE64.encodeToString(Arrays.copyOf(mac, PROOF_BYTES));
    }

    private static byte[] mac(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has " + ALGORITHM, e);
        }
    }
}
