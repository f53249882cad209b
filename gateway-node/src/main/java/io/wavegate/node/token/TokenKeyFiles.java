package io.wavegate.node.token;

import io.wavegate.node.config.FindingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Key files of tokens. HS256: one line, base64 of at least 32 bytes. EdDSA: PEM with {@code PUBLIC KEY}, and before it
 * {@code PRIVATE KEY} (PKCS #8) where tokens are made as well.
 */
public final class TokenKeyFiles {
    private static final String PUBLIC = "PUBLIC KEY";
    private static final String PRIVATE = "PRIVATE KEY";

    private TokenKeyFiles() {}

    /** Reads a key. */
    public static TokenKey read(TokenAlgorithm algorithm, Path file) throws FindingException {
        String thing = "Token key " + file;
        try {
            String text = Files.readString(file, StandardCharsets.US_ASCII);
            return algorithm == TokenAlgorithm.HS256 ? secret(text) : ed25519(text);
        } catch (NoSuchFileException e) {
            throw new FindingException(
                    thing, "there is no such file", "Make one with `wavegate token --new-key " + file + "`");
        } catch (IOException e) {
            throw new FindingException(thing, "cannot be read (" + e.getMessage() + ")", "Check its permissions");
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new FindingException(
                    thing,
                    "is no " + algorithm.label() + " key (" + e.getMessage() + ")",
                    "Compare wavegate.tokens.algorithm with the file, or make a new one with --new-key");
        }
    }

    private static TokenKey secret(String text) {
        byte[] secret = Base64.getDecoder().decode(text.strip());
        if (secret.length < TokenKey.Secret.MIN_BYTES) {
            throw new IllegalArgumentException("shorter than " + TokenKey.Secret.MIN_BYTES + " bytes");
        }
        return TokenKey.Secret.of(secret);
    }

    private static TokenKey ed25519(String text) throws GeneralSecurityException {
        KeyFactory factory = KeyFactory.getInstance("Ed25519");
        byte[] encoded = pem(text, PUBLIC).orElseThrow(() -> new IllegalArgumentException("it holds no " + PUBLIC));
        PublicKey publicKey = factory.generatePublic(new X509EncodedKeySpec(encoded));
        Optional<byte[]> pkcs8 = pem(text, PRIVATE);
        PrivateKey privateKey =
                pkcs8.isPresent() ? factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8.get())) : null;
        TokenKey.Ed25519 key = new TokenKey.Ed25519(publicKey, Optional.ofNullable(privateKey));
        byte[] probe = {1};
        if (!key.sign(probe).map(signature -> key.verifies(probe, signature)).orElse(true)) {
            throw new IllegalArgumentException("its private and public key are not of one pair");
        }
        return key;
    }

    private static Optional<byte[]> pem(String text, String label) {
        Matcher matcher = Pattern.compile(
                        "-----BEGIN " + label + "-----([A-Za-z0-9+/=\\s]+)-----END " + label + "-----")
                .matcher(text);
        return matcher.find() ? Optional.of(Base64.getMimeDecoder().decode(matcher.group(1))) : Optional.empty();
    }

    /** Makes a key in a new file that only its owner can read. */
    public static void make(TokenAlgorithm algorithm, Path file) throws FindingException {
        try {
            String text = algorithm == TokenAlgorithm.HS256 ? newSecret() : newPair();
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, text, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw new FindingException(
                    "Token key " + file, "is there already", "Move it away first, tokens made with it end");
        } catch (IOException e) {
            throw new FindingException(
                    "Token key " + file, "cannot be written (" + e.getMessage() + ")", "Check the folder");
        }
    }

    private static String newSecret() {
        byte[] secret = new byte[TokenKey.Secret.MIN_BYTES];
        new SecureRandom().nextBytes(secret);
        return Base64.getEncoder().encodeToString(secret) + "\n";
    }

    private static String newPair() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            return block(PRIVATE, pair.getPrivate().getEncoded())
                    + block(PUBLIC, pair.getPublic().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK from 15 on has Ed25519", e);
        }
    }

    private static String block(String label, byte[] encoded) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded) + "\n-----END " + label
                + "-----\n";
    }
}
