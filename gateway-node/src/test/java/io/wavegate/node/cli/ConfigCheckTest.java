package io.wavegate.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCheckTest {
    @TempDir
    private Path folder;

    private OperatorFiles files;

    @BeforeEach
    void makeFiles() throws Exception {
        files = OperatorFiles.in(folder);
    }

    @Test
    void aRightConfigurationIsCalledRightAndNothingIsStarted() throws Exception {
        CommandRun run = CommandRun.of("config", "check", "--config", files.write(files.right()));
        assertThat(run).isEqualTo(new CommandRun(0, "The configuration is right. Domains: a.test.\n", ""));
        assertThat(folder.resolve("store")).doesNotExist();
    }

    @Test
    void anUnknownKeyIsNamedWithItsPlaceAndTheNearestKnownOne() throws Exception {
        assertThat(refusal(files.right() + "wavegate.http.prot = 1\n"))
                .containsExactly("gateway.conf:5: wavegate.http.prot: unknown key. Did you mean \"port\"?");
    }

    @Test
    void aValueOfTheWrongKindIsNamedOnceWithItsPlaceAndAnExample() throws Exception {
        assertThat(refusal(files.right() + "wavegate.http.port = many\n"))
                .containsExactly(
                        "gateway.conf:5: wavegate.http.port: is \"many\", must be a whole number, for example 9898. "
                                + "Correct the value; the key is explained in reference.conf.");
        assertThat(refusal(files.right() + "wavegate.http.max-wait = long\n"))
                .singleElement()
                .asString()
                .startsWith("gateway.conf:5: wavegate.http.max-wait: is \"long\", must be a duration");
        assertThat(refusal(files.right() + "wavegate.domains = a.test\n"))
                .singleElement()
                .asString()
                .startsWith("gateway.conf:5: wavegate.domains: is \"a.test\", must be a list");
    }

    @Test
    void aValueOutOfBoundsIsNamedWithItsPlaceAndTheBounds() throws Exception {
        assertThat(refusal(files.right() + "wavegate.http.port = 70000\n"))
                .singleElement()
                .asString()
                .startsWith("gateway.conf:5: ")
                .contains("wavegate.http.port", "70000", "must be from 0 to 65535");
    }

    /** Other sections are checked against the one that is wrong, and say nothing of it again. */
    @Test
    void whatIsWrongWithTheClusterIsSaidOnce() throws Exception {
        assertThat(refusal(files.right() + "wavegate.cluster.roles = [edge]\n"))
                .singleElement()
                .asString()
                .startsWith("gateway.conf:5: ")
                .contains("wavegate.cluster.roles", "must hold both edge and shard");
    }

    @Test
    void aMissingDomainIsSaidToBeMissing() throws Exception {
        assertThat(refusal(files.right() + "wavegate.domains = []\n"))
                .containsExactly("wavegate.domains: names no domain, so there is nobody to speak for. "
                        + "Add { name = \"a.example\", certificate = \"a.pem\", key = \"a.key\" }.");
    }

    @Test
    void aDomainWithoutItsCertificateIsNamedWithItsPlace() throws Exception {
        assertThat(refusal(files.right() + "wavegate.domains = [{ name = \"b.test\", key = \"b.key\" }]\n"))
                .singleElement()
                .asString()
                .contains("gateway.conf", "5", "certificate");
        assertThat(
                        refusal(
                                files.right()
                                        + "wavegate.domains = [{ name = \"b.test\", certificate = \"none.crt\", key = \"none.key\" }]\n"))
                .anySatisfy(line -> assertThat(line).contains("Domain b.test", "none.crt"));
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() throws Exception {
        assertThat(
                        refusal(
                                """
                wavegate {
                  http { port = many, hots = "127.0.0.1" }
                  store.kind = floppy
                  s2s.tls.trust-anchors = ["/nowhere/ca.crt"]
                }
                """))
                .anySatisfy(line -> assertThat(line).startsWith("gateway.conf:2: wavegate.http.port"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("gateway.conf:2: wavegate.http.hots")
                        .contains("host"))
                .anySatisfy(
                        line -> assertThat(line).startsWith("gateway.conf:3: ").contains("floppy", "cassandra"))
                .anySatisfy(line -> assertThat(line).contains("/nowhere/ca.crt"))
                .anySatisfy(line -> assertThat(line).startsWith("wavegate.domains: names no domain"))
                .anySatisfy(line -> assertThat(line).startsWith("wavegate.tokens.key: names no file"))
                .hasSize(6);
    }

    @Test
    void whatIsNoHoconIsNamedWithItsLine() throws Exception {
        assertThat(refusal("wavegate {\n  http { port = 1\n"))
                .singleElement()
                .asString()
                .contains("gateway.conf", "the form is HOCON");
    }

    @Test
    void aSubstitutionOfNothingIsNamed() throws Exception {
        assertThat(refusal(files.right() + "wavegate.http.host = ${nobody}\n"))
                .singleElement()
                .asString()
                .contains("gateway.conf", "${nobody}", "Set the environment variable of that name");
    }

    @Test
    void aMissingFileIsSaidToBeMissing() {
        CommandRun run = CommandRun.of(
                "config", "check", "-c", folder.resolve("none.conf").toString());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("none.conf", "there is no such file", "--config");
    }

    @Test
    void withoutAFileTheDefaultsAreCheckedAndWhatTheyLackIsSaid() {
        CommandRun run = CommandRun.of("config", "check");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().lines())
                .hasSize(2)
                .anyMatch(line -> line.startsWith("wavegate.domains"))
                .anyMatch(line -> line.startsWith("wavegate.tokens.key"));
    }

    @Test
    void runRefusesTheSameAsCheckDoesAndStartsNothing() throws Exception {
        String wrong = files.write(files.right() + "wavegate.http.prot = 1\n");
        assertThat(CommandRun.of("run", "--config", wrong))
                .isEqualTo(CommandRun.of("config", "check", "--config", wrong));
        assertThat(Files.exists(folder.resolve("store"))).isFalse();
    }

    private List<String> refusal(String text) throws Exception {
        CommandRun run = CommandRun.of("config", "check", "--config", files.write(text));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).doesNotContain("\tat ", "Exception");
        return run.err().lines().toList();
    }
}
