package io.wavegate.wavelet.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.SignerInfo;
import io.wavegate.wavelet.api.SignerInfo.HashAlgorithm;
import io.wavegate.wavelet.codec.CodecLimits;
import io.wavegate.wavelet.codec.DeltaCodec;
import io.wavegate.wavelet.codec.SignedDeltaCodec;
import io.wavegate.wavelet.codec.SignerInfoCodec;
import io.wavegate.wavelet.conformance.CaseResult.DiffersByDecision;
import io.wavegate.wavelet.model.SignedDelta;
import io.wavegate.wavelet.model.WaveletDelta;
import io.wavegate.wavelet.trust.DeltaSigner;
import io.wavegate.wavelet.trust.DeltaVerdict;
import io.wavegate.wavelet.trust.DeltaVerifier;
import io.wavegate.wavelet.trust.Pem;
import io.wavegate.wavelet.trust.SignerId;
import io.wavegate.wavelet.trust.TrustedSigner;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Judges signing: signer ids, chains, signatures (spec section 6), with all checks on. The reference's other modes, in
 * which it checks less or nothing, we do not have.
 */
public final class SigningCheck implements VectorCheck {
    /** Certificates that are signed with SHA-1 are refused. */
    static final String NO_SHA1_CERTIFICATES = "D-05";

    private static final String ACCEPTED = "accepted";

    @Override
    public String fileName() {
        return "signing";
    }

    @Override
    public CaseResult check(JsonNode meta, JsonNode c) {
        try {
            VectorSigners trust = VectorSigners.of(
                    Pem.certificates(meta.required("trust_roots").get(0).textValue()),
                    Instant.parse(meta.required("validation_time").textValue()));
            for (JsonNode known : meta.required("known_signer_infos")) {
                trust.add(VectorJson.bytes(known));
            }
            return c.required("kind").textValue().equals("chain") ? chain(trust, c) : signedDelta(trust, c);
        } catch (GeneralSecurityException e) {
            return new CaseResult.Failed("the case's own keys cannot be read: " + e.getMessage());
        }
    }

    private static CaseResult signedDelta(VectorSigners trust, JsonNode c) {
        return CaseResult.equal(
                "strict",
                kindOf(c.required("strict").textValue()),
                verdict(trust, VectorJson.bytes(c.required("signed_delta"))));
    }

    private static CaseResult chain(VectorSigners trust, JsonNode c) throws GeneralSecurityException {
        List<ByteString> certificates = new ArrayList<>();
        c.required("chain_der").forEach(der -> certificates.add(VectorJson.bytes(der)));
        SignerInfo signer = new SignerInfo(HashAlgorithm.SHA256, "a.test", certificates);
        if (!c.has("signer_info_error")) {
            CaseResult ids = ids(c, signer);
            if (!(ids instanceof CaseResult.Passed)) {
                return ids;
            }
            // The claimed domain is the case's own.
            signer = ((Answer.Ok<SignerInfo>) SignerInfoCodec.decode(VectorJson.bytes(c.get("signer_info_proto"))))
                    .value();
        }
        Answer<TrustedSigner> posted = trust.post(signer);
        CaseResult result = CaseResult.equal(
                "post",
                c.required("post_signer_strict").textValue().equals(ACCEPTED),
                posted instanceof Answer.Ok<TrustedSigner>);
        if (result instanceof CaseResult.Failed && refusedForSha1(posted)) {
            return new DiffersByDecision(NO_SHA1_CERTIFICATES, "refused: a certificate signed with SHA-1");
        }
        return result instanceof CaseResult.Passed ? deltas(trust, c, signer) : result;
    }

    private static CaseResult ids(JsonNode c, SignerInfo signer) {
        SignerInfo sha512 = new SignerInfo(HashAlgorithm.SHA512, signer.domain(), signer.certificates());
        ByteString proto = VectorJson.bytes(c.required("signer_info_proto"));
        ByteString rewritten = SignerInfoCodec.decode(proto) instanceof Answer.Ok<SignerInfo> ok
                ? SignerInfoCodec.encode(ok.value())
                : ByteString.EMPTY;
        return CaseResult.equal(
                "path, ids, proto",
                List.of(
                        VectorJson.bytes(c.required("pkipath")),
                        VectorJson.hex(c.required("signer_id_sha256_hex")),
                        VectorJson.hex(c.required("signer_id_sha512_hex")),
                        proto),
                List.of(SignerId.pkiPath(signer.certificates()), SignerId.of(signer), SignerId.of(sha512), rewritten));
    }

    private static CaseResult deltas(VectorSigners trust, JsonNode c, SignerInfo signer)
            throws GeneralSecurityException {
        Optional<DeltaSigner> own = own(c, signer);
        for (JsonNode delta : c.path("deltas")) {
            ByteString signed = VectorJson.bytes(delta.required("signed_delta"));
            CaseResult verdict = CaseResult.equal(
                    "strict, author " + delta.required("author"),
                    kindOf(delta.required("strict").textValue()),
                    verdict(trust, signed));
            if (!(verdict instanceof CaseResult.Passed)) {
                return verdict;
            }
            // RSA PKCS #1 v1.5 is deterministic: the same key signs the same bytes the same.
            ByteString payload = VectorJson.bytes(delta.required("delta"));
            if (own.isPresent() && !own.get().sign(payload).bytes().equals(signed)) {
                return CaseResult.equal(
                        "signed", signed, own.get().sign(payload).bytes());
            }
        }
        return CaseResult.passed();
    }

    // Empty for a key that is not RSA, or not that of the first certificate, as some cases have it.
    private static Optional<DeltaSigner> own(JsonNode c, SignerInfo signer) {
        try {
            PrivateKey key = Pem.rsaPrivateKey(c.required("private_key_pem").textValue());
            return Optional.of(new DeltaSigner(signer, key));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static boolean refusedForSha1(Answer<TrustedSigner> posted) {
        return posted instanceof Answer.No<TrustedSigner> no
                && no.refusal().text().endsWith("is signed with SHA-1");
    }

    // Whatever else the reference throws at a bad delta: it is not accepted, and asking for certificates does not help.
    private static String kindOf(String verdict) {
        return verdict.equals(ACCEPTED) || verdict.equals("UnknownSignerException") ? verdict : "refused";
    }

    private static String verdict(VectorSigners trust, ByteString bytes) {
        if (!(SignedDeltaCodec.decode(bytes, CodecLimits.DEFAULTS) instanceof Answer.Ok<SignedDelta> signed)
                || !(DeltaCodec.decode(signed.value().payload(), CodecLimits.DEFAULTS)
                        instanceof Answer.Ok<WaveletDelta> delta)) {
            return "refused";
        }
        DeltaVerdict verdict = DeltaVerifier.verify(signed.value(), delta.value(), trust, trust.atMillis());
        if (verdict instanceof DeltaVerdict.UnknownSigner) {
            return "UnknownSignerException";
        }
        return verdict instanceof DeltaVerdict.Verified ? ACCEPTED : "refused";
    }
}
