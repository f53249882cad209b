package io.wavegate.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.node.token.TokenAlgorithm;
import io.wavegate.node.token.TokenKeyFiles;
import io.wavegate.node.token.TokenVerdict;
import io.wavegate.node.token.Tokens;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenCommandTest {
    @TempDir
    private Path folder;

    private OperatorFiles files;

    @BeforeEach
    void makeFiles() throws Exception {
        files = OperatorFiles.in(folder);
    }

    @Test
    void aTokenIsMadeThatTheGatewayTakesForAsLongAsWasSaid() throws Exception {
        String token = token(files.write(files.right()), "--ttl", "30m");
        Tokens gateway =
                new Tokens(TokenKeyFiles.read(TokenAlgorithm.EDDSA, files.tokenKey()), Set.of("a.test"), Duration.ZERO);
        assertThat(gateway.verify(token, Instant.now())).isInstanceOfSatisfying(TokenVerdict.Valid.class, valid -> {
            assertThat(valid.user().address()).isEqualTo("ada@a.test");
            assertThat(valid.expiresAtSeconds())
                    .isBetween(
                            Instant.now().plus(Duration.ofMinutes(29)).getEpochSecond(),
                            Instant.now().plus(Duration.ofMinutes(30)).getEpochSecond());
        });
        assertThat(gateway.verify(token, Instant.now().plus(Duration.ofMinutes(31))))
                .isInstanceOf(TokenVerdict.Invalid.class);
    }

    @Test
    void aUserOfNoDomainOfOursGetsNone() throws Exception {
        String configuration = files.write(files.right());
        for (String stranger : new String[] {"ada@b.test", "ada", "ada@a.test@a.test", "@b.test"}) {
            CommandRun run = CommandRun.of("token", "--config", configuration, "--user", stranger);
            assertThat(run.exitCode()).as(stranger).isEqualTo(1);
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).contains("--user " + stranger, "a.test", "wavegate.domains");
        }
    }

    @Test
    void aNewKeyIsWrittenForItsOwnerAloneAndNeverOverAnother() throws Exception {
        Path key = folder.resolve("new.pem");
        CommandRun made = CommandRun.of("token", "--new-key", key.toString());
        assertThat(made.exitCode()).isZero();
        assertThat(made.out()).contains("Written: " + key, "wavegate.tokens.key");
        assertThat(Files.getPosixFilePermissions(key)).hasSize(2);
        String before = Files.readString(key);

        CommandRun again = CommandRun.of("token", "--new-key", key.toString());
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err()).contains("is there already");
        assertThat(Files.readString(key)).isEqualTo(before);

        String configuration = files.write(files.right() + "wavegate.tokens.key = \"" + key + "\"\n");
        assertThat(token(configuration)).isNotBlank();
    }

    @Test
    void aSharedSecretServesAsWell() throws Exception {
        Path key = folder.resolve("secret");
        assertThat(CommandRun.of("token", "--new-key", key.toString(), "--algorithm", "HS256")
                        .exitCode())
                .isZero();
        String token =
                token(files.write(files.right() + "wavegate.tokens { algorithm = HS256, key = \"" + key + "\" }\n"));
        assertThat(new Tokens(TokenKeyFiles.read(TokenAlgorithm.HS256, key), Set.of("a.test"), Duration.ZERO)
                        .verify(token, Instant.now()))
                .isInstanceOf(TokenVerdict.Valid.class);
    }

    @Test
    void aKeyOfTheOtherKindIsToldFromTheRightOne() throws Exception {
        CommandRun run = CommandRun.of(
                "token",
                "--user",
                "ada@a.test",
                "-c",
                files.write(files.right() + "wavegate.tokens.algorithm = HS256"));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("tokens.pem", "is no HS256 key", "--new-key")
                .doesNotContain("\tat ");
    }

    @Test
    void anUnknownAlgorithmIsAnsweredWithTheKnownOnes() {
        CommandRun run = CommandRun.of("token", "--new-key", folder.resolve("x").toString(), "--algorithm", "none");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("--algorithm none", "EdDSA or HS256");
        assertThat(folder.resolve("x")).doesNotExist();
    }

    @Test
    void aPublicKeyAloneMakesNoTokens() throws Exception {
        Path publicKey = folder.resolve("public.pem");
        Files.writeString(
                publicKey,
                Files.readString(files.tokenKey()).replaceFirst("(?s)-----BEGIN PRIVATE.*END PRIVATE KEY-----\n", ""));
        CommandRun run = CommandRun.of(
                "token",
                "--user",
                "ada@a.test",
                "-c",
                files.write(files.right() + "wavegate.tokens.key = \"" + publicKey + "\"\n"));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("wavegate.tokens.key", "public key only");
    }

    private static String token(String configuration, String... more) {
        String[] arguments = new String[5 + more.length];
        System.arraycopy(new String[] {"token", "--config", configuration, "--user", "ada@a.test"}, 0, arguments, 0, 5);
        System.arraycopy(more, 0, arguments, 5, more.length);
        CommandRun run = CommandRun.of(arguments);
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        return run.out().strip();
    }
}
