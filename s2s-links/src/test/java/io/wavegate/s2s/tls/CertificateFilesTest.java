package io.wavegate.s2s.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.lab.LabCertificate;
import io.wavegate.s2s.tls.CertificateProblem.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ObjectAssert;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateFilesTest {
    private static final LabCertificate CA = LabCertificate.authority("Lab");
    private static final Instant NOW = Instant.now();

    @TempDir
    Path folder;

    private Path chain;
    private Path key;

    @BeforeEach
    void names() {
        chain = folder.resolve("a.crt");
        key = folder.resolve("a.key");
    }

    private static LabCertificate.Request good() {
        return LabCertificate.request("a").dns("a.example", "wave.a.example");
    }

    private LoadedCertificate load(String... domains) {
        return CertificateFiles.load(List.of(domains), chain, key, NOW);
    }

    private ObjectAssert<CertificateProblem> problem(LoadedCertificate loaded) {
        assertThat(loaded).isInstanceOf(LoadedCertificate.Broken.class);
        return assertThat(((LoadedCertificate.Broken) loaded).problems()).singleElement();
    }

    private void write(LabCertificate certificate) throws IOException {
        certificate.writeChain(chain);
        certificate.writeKey(key);
    }

    @Test
    void chainAndPkcs1OrSec1KeyAreUsable() throws IOException {
        for (KeyPair pair : List.of(LabCertificate.ec(), LabCertificate.rsa(2048))) {
            write(good().keys(pair).signedBy(CA));
            assertThat(Files.readString(key)).containsPattern("BEGIN (RSA|EC) PRIVATE KEY");
            assertThat(load("a.example", "wave.a.example")).isInstanceOf(LoadedCertificate.Usable.class);
        }
    }

    @Test
    void pkcs8KeyIsUsableAlsoInTheSameFileAsTheChain() throws IOException {
        for (KeyPair pair : List.of(LabCertificate.ec(), LabCertificate.rsa(2048))) {
            LabCertificate certificate = good().keys(pair).signedBy(CA);
            LabCertificate.write(chain, new JcaPKCS8Generator(certificate.key(), null), certificate.leaf());
            key = chain;
            assertThat(Files.readString(key)).contains("BEGIN PRIVATE KEY");
            assertThat(load("a.example")).isInstanceOf(LoadedCertificate.Usable.class);
        }
    }

    @Test
    void ecKeyWithParametersInFrontIsUsable() throws IOException {
        LabCertificate certificate = good().signedBy(CA);
        certificate.writeChain(chain);
        LabCertificate.write(key, certificate.curve(), certificate.sec1());
        assertThat(Files.readString(key)).contains("EC PARAMETERS");
        assertThat(load("a.example")).isInstanceOf(LoadedCertificate.Usable.class);
    }

    @Test
    void missingFileIsNamed() throws IOException {
        good().signedBy(CA).writeKey(key);
        problem(load("a.example"))
                .returns(Kind.FILE_UNREADABLE, CertificateProblem::kind)
                .extracting(CertificateProblem::text)
                .asString()
                .contains(chain.toString(), "does not exist", "correct the path");
    }

    @Test
    void derInsteadOfPemIsToldApartFromDamage() throws Exception {
        LabCertificate certificate = good().signedBy(CA);
        certificate.writeKey(key);
        Files.write(chain, certificate.leaf().getEncoded());
        problem(load("a.example"))
                .returns(Kind.NOT_PEM, CertificateProblem::kind)
                .extracting(CertificateProblem::text)
                .asString()
                .contains("is not PEM", "openssl x509 -inform der");

        certificate.writeChain(chain);
        String pem = Files.readString(chain);
        Files.writeString(chain, pem.substring(0, pem.length() / 2) + "*" + pem.substring(pem.length() / 2));
        problem(load("a.example")).returns(Kind.NOT_PEM, CertificateProblem::kind);
    }

    @Test
    void swappedFilesAreRecognised() throws IOException {
        LabCertificate certificate = good().signedBy(CA);
        certificate.writeKey(chain);
        certificate.writeChain(key);
        problem(load("a.example"))
                .returns(Kind.NO_CERTIFICATE, CertificateProblem::kind)
                .extracting(CertificateProblem::text)
                .asString()
                .contains("swapped");
        certificate.writeChain(chain);
        problem(load("a.example")).returns(Kind.NO_KEY, CertificateProblem::kind);
    }

    @Test
    void encryptedKeyIsRefusedWithTheCommandThatHelps() throws Exception {
        LabCertificate certificate = good().signedBy(CA);
        certificate.writeChain(chain);
        LabCertificate.write(
                key,
                new JcaPKCS8Generator(
                        certificate.key(),
                        new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                                .setProvider(new BouncyCastleProvider())
                                .setPassword("secret".toCharArray())
                                .build()));
        problem(load("a.example"))
                .returns(Kind.KEY_ENCRYPTED, CertificateProblem::kind)
                .extracting(CertificateProblem::text)
                .asString()
                .contains("openssl pkey");
    }

    @Test
    void keyOfAnotherCertificateIsRefused() throws IOException {
        good().signedBy(CA).writeChain(chain);
        good().signedBy(CA).writeKey(key);
        problem(load("a.example"))
                .returns(Kind.KEY_OF_OTHER_CERTIFICATE, CertificateProblem::kind)
                .extracting(CertificateProblem::text)
                .asString()
                .contains(chain.toString(), key.toString());
        good().keys(LabCertificate.rsa(2048)).signedBy(CA).writeKey(key);
        problem(load("a.example")).returns(Kind.KEY_OF_OTHER_CERTIFICATE, CertificateProblem::kind);
    }

    @Test
    void validityIsCheckedAtTheGivenTime() throws IOException {
        write(good().valid(NOW.minus(Duration.ofDays(2)), NOW.minus(Duration.ofDays(1)))
                .signedBy(CA));
        problem(load("a.example"))
                .returns(Kind.EXPIRED, CertificateProblem::kind)
                .extracting(CertificateProblem::text)
                .asString()
                .contains("expired at", "renew");
        write(good().valid(NOW.plus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(2)))
                .signedBy(CA));
        problem(load("a.example")).returns(Kind.NOT_YET_VALID, CertificateProblem::kind);
    }

    @Test
    void everyDomainServedHasToBeNamed() throws IOException {
        write(LabCertificate.request("a.example").dns("a.example").signedBy(CA));
        problem(load("a.example", "wave.a.example"))
                .returns(Kind.OTHER_NAME, CertificateProblem::kind)
                .extracting(CertificateProblem::text)
                .asString()
                .contains("does not name wave.a.example; it names [a.example]");
    }

    @Test
    void commonNameIsNoName() throws IOException {
        write(LabCertificate.request("a.example").signedBy(CA));
        problem(load("a.example")).returns(Kind.OTHER_NAME, CertificateProblem::kind);
    }

    @Test
    void weakKeyIsRefused() throws IOException {
        write(good().keys(LabCertificate.rsa(1024)).signedBy(CA));
        problem(load("a.example"))
                .returns(Kind.WEAK_KEY, CertificateProblem::kind)
                .extracting(CertificateProblem::text)
                .asString()
                .contains("RSA with 1024 bits, at least 2048");
    }

    @Test
    void chainHasToFollowTheIssuers() throws IOException {
        LabCertificate middle = LabCertificate.request("Middle").authority().signedBy(CA);
        LabCertificate certificate = good().signedBy(middle);
        write(certificate);
        assertThat(load("a.example")).isInstanceOf(LoadedCertificate.Usable.class);
        LabCertificate.write(chain, certificate.leaf(), CA.leaf());
        problem(load("a.example")).returns(Kind.CHAIN_OUT_OF_ORDER, CertificateProblem::kind);
    }

    @Test
    void everythingWrongIsToldAtOnce() throws IOException {
        write(LabCertificate.request("b")
                .dns("b.example")
                .keys(LabCertificate.rsa(1024))
                .valid(NOW.minus(Duration.ofDays(2)), NOW.minus(Duration.ofDays(1)))
                .signedBy(CA));
        assertThat(((LoadedCertificate.Broken) load("a.example")).problems())
                .extracting(CertificateProblem::kind)
                .isEqualTo(Arrays.asList(Kind.EXPIRED, Kind.OTHER_NAME, Kind.WEAK_KEY));
    }
}
