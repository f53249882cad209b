package io.wavegate.wavelet.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.Refusal;
import io.wavegate.wavelet.api.Refusal.Reason;
import io.wavegate.wavelet.api.SignerInfo;
import io.wavegate.wavelet.api.SignerInfo.HashAlgorithm;
import io.wavegate.wavelet.conformance.VectorFile;
import io.wavegate.wavelet.conformance.VectorJson;
import io.wavegate.wavelet.conformance.Vectors;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.SignedDelta;
import io.wavegate.wavelet.model.WaveletDelta;
import io.wavegate.wavelet.model.WaveletOperation.NoOp;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Uses the certificates of the vectors: chains of a test root that are good or bad in one way each. */
class SignerTrustTest {
    private static final VectorFile VECTORS = Vectors.file("signing");
    private static final long NOW = Instant.parse("2026-11-21T00:00:00Z").toEpochMilli();
    private static final ByteString PAYLOAD = ByteString.copyFromUtf8("payload");

    private final TrustPolicy policy;

    SignerTrustTest() throws GeneralSecurityException {
        String root = VECTORS.meta().required("trust_roots").get(0).textValue();
        policy =
                TrustPolicy.of(List.of(Certificates.parse(Pem.certificates(root).get(0))));
    }

    @Test
    void aSignerSpeaksForTheDomainOfItsCertificateAndNoOther() throws GeneralSecurityException {
        TrustedSigner signer = trusted("good-cn");

        assertThat(verify("bob@a.test", signer, sign("good-cn"), NOW)).isInstanceOf(DeltaVerdict.Verified.class);
        assertThat(verify("bob@b.test", signer, sign("good-cn"), NOW)).isInstanceOf(DeltaVerdict.Refused.class);
    }

    @Test
    void domainsThatPresentOneSignerHaveOneIdAndSpeakForWhatItsCertificateNames() throws GeneralSecurityException {
        TrustedSigner asB = trusted(presented("good-san", "b.test"));
        for (String presenter : List.of("x.b.test", "a.test", "evil.test")) {
            TrustedSigner same = trusted(presented("good-san", presenter));
            assertThat(same.id()).isEqualTo(asB.id());
            // Whoever presented it first is kept: who that was changes for whom it speaks in no way.
            for (TrustedSigner kept : List.of(asB, same)) {
                assertThat(verify("bob@b.test", kept, sign("good-san"), NOW)).isInstanceOf(DeltaVerdict.Verified.class);
                assertThat(verify("eve@x.b.test", kept, sign("good-san"), NOW))
                        .isInstanceOf(DeltaVerdict.Verified.class);
                assertThat(verify("eve@evil.test", kept, sign("good-san"), NOW))
                        .isInstanceOf(DeltaVerdict.Refused.class);
                assertThat(verify("eve@a.test", kept, sign("good-san"), NOW)).isInstanceOf(DeltaVerdict.Refused.class);
            }
        }
    }

    @Test
    void aKeptSignerStopsCountingWhenItsCertificatesEnd() throws GeneralSecurityException {
        long later = NOW + Duration.ofDays(365 * 40L).toMillis();

        assertThat(verify("bob@a.test", trusted("good-cn"), sign("good-cn"), later))
                .isInstanceOf(DeltaVerdict.Refused.class);
    }

    @Test
    void anUnknownSignerIsNamedAndOneThatDoesNotHoldIsRefused() throws GeneralSecurityException {
        SignedDelta signed = sign("expired");
        WaveletDelta delta = delta("bob@a.test");

        assertThat(DeltaVerifier.verify(signed, delta, id -> Optional.empty(), NOW))
                .isEqualTo(new DeltaVerdict.UnknownSigner(
                        signed.signatures().get(0).signerId()));
        assertThat(DeltaVerifier.verify(
                        signed,
                        delta,
                        id -> Optional.of(CertificateChain.validate(signer("expired"), policy, NOW)),
                        NOW))
                .isInstanceOf(DeltaVerdict.Refused.class);
    }

    @Test
    void aSignatureOfOtherBytesIsRefused() throws GeneralSecurityException {
        SignedDelta signed = sign("good-cn");
        SignedDelta moved = new SignedDelta(signed.bytes(), ByteString.copyFromUtf8("other"), signed.signatures());
        SignedDelta twice = new SignedDelta(
                signed.bytes(),
                signed.payload(),
                Collections.nCopies(2, signed.signatures().get(0)));

        assertThat(verify("bob@a.test", trusted("good-cn"), moved, NOW)).isInstanceOf(DeltaVerdict.Refused.class);
        assertThat(verify("bob@a.test", trusted("good-cn"), twice, NOW)).isInstanceOf(DeltaVerdict.Refused.class);
    }

    @Test
    void chainsAreBounded() {
        List<ByteString> many = new ArrayList<>(Collections.nCopies(1_000, ByteString.copyFromUtf8("x")));
        TrustPolicy longKeys = new TrustPolicy(policy.anchors(), 10, 16 * 1024, 4096, 8192, false);
        TrustPolicy shortKeys = new TrustPolicy(policy.anchors(), 10, 16 * 1024, 1024, 2047, false);

        assertThat(reason(validate(many, policy))).isEqualTo(Reason.TOO_LARGE);
        assertThat(reason(validate(List.of(), policy))).isEqualTo(Reason.MALFORMED);
        assertThat(reason(validate(List.of(ByteString.copyFromUtf8("x")), policy)))
                .isEqualTo(Reason.MALFORMED);
        for (TrustPolicy keys : List.of(longKeys, shortKeys)) {
            assertThat(refusal(CertificateChain.validate(signer("good-cn"), keys, NOW))
                            .text())
                    .contains("has 2048 bits, not ");
        }
    }

    @Test
    void oneCertificateHasOneEncoding() {
        List<ByteString> padded =
                new ArrayList<>(signer("good-direct-from-root").certificates());
        padded.set(0, padded.get(0).concat(ByteString.copyFromUtf8("\0")));

        assertThat(reason(validate(padded, policy))).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void sha1CertificatesCountOnlyIfTheOperatorSaysSo() {
        TrustPolicy lenient = new TrustPolicy(policy.anchors(), 10, 16 * 1024, 2048, 8192, true);

        assertThat(reason(CertificateChain.validate(signer("sha1-signed-leaf"), policy, NOW)))
                .isEqualTo(Reason.BAD_SIGNATURE);
        assertThat(CertificateChain.validate(signer("sha1-signed-leaf"), lenient, NOW))
                .isInstanceOf(Answer.Ok.class);
    }

    @Test
    void namesAreReadAsStructureAndWildcardsOnlyInTheCommonName() {
        SignerNames wildcard = new SignerNames(Optional.of("*.wild.test"), Set.of("*.other.test", "exact.test"));

        assertThat(wildcard.include("x.wild.test")).isTrue();
        assertThat(wildcard.include("exact.test")).isTrue();
        assertThat(wildcard.include("wild.test")).isFalse();
        assertThat(wildcard.include("x.y.wild.test")).isFalse();
        assertThat(wildcard.include("x.other.test")).isFalse();
        assertThat(new SignerNames(Optional.empty(), Set.of("a.test")).include("a.test"))
                .isFalse();
    }

    @Test
    void aKeyThatIsNotTheCertificatesCannotSign() {
        assertThatThrownBy(() -> new DeltaSigner(
                        signer("good-cn"),
                        Pem.rsaPrivateKey(
                                chain("good-san").required("private_key_pem").textValue())))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining("a.test");
    }

    private TrustedSigner trusted(String name) {
        return trusted(signer(name));
    }

    private TrustedSigner trusted(SignerInfo signer) {
        return ((Answer.Ok<TrustedSigner>) CertificateChain.validate(signer, policy, NOW)).value();
    }

    private static Answer<TrustedSigner> validate(List<ByteString> certificates, TrustPolicy policy) {
        return CertificateChain.validate(new SignerInfo(HashAlgorithm.SHA256, "a.test", certificates), policy, NOW);
    }

    private static DeltaVerdict verify(String author, TrustedSigner signer, SignedDelta signed, long at) {
        return DeltaVerifier.verify(signed, delta(author), id -> Optional.of(new Answer.Ok<>(signer)), at);
    }

    private static WaveletDelta delta(String author) {
        return new WaveletDelta(
                new HashedVersion(1, ByteString.EMPTY), new ParticipantId(author), List.of(NoOp.INSTANCE), List.of());
    }

    private static SignedDelta sign(String name) throws GeneralSecurityException {
        String key = chain(name).required("private_key_pem").textValue();
        return new DeltaSigner(signer(name), Pem.rsaPrivateKey(key)).sign(PAYLOAD);
    }

    private static SignerInfo signer(String name) {
        return presented(name, "a.test");
    }

    private static SignerInfo presented(String name, String domain) {
        List<ByteString> certificates = new ArrayList<>();
        chain(name).required("chain_der").forEach(der -> certificates.add(VectorJson.bytes(der)));
        return new SignerInfo(HashAlgorithm.SHA256, domain, certificates);
    }

    private static JsonNode chain(String name) {
        for (JsonNode c : VECTORS.cases()) {
            if (c.path("name").asText().equals(name)) {
                return c;
            }
        }
        throw new AssertionError("no chain " + name);
    }

    private static Reason reason(Answer<TrustedSigner> answer) {
        return refusal(answer).reason();
    }

    private static Refusal refusal(Answer<TrustedSigner> answer) {
        return ((Answer.No<TrustedSigner>) answer).refusal();
    }
}
