package io.wavegate.wavelet.trust;

import com.google.protobuf.ByteString;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.Refusal;
import io.wavegate.wavelet.api.Refusal.Reason;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.SignedDelta;
import io.wavegate.wavelet.model.SignedDelta.Signature;
import io.wavegate.wavelet.model.WaveletDelta;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Verifies who signed a delta (spec section 6): once by each distinct domain of the address path and the author, in that
 * order. The wavelet's name is not signed; it is bound through the history hash of the target version.
 */
public final class DeltaVerifier {
    /** Where signers are kept. */
    @FunctionalInterface
    public interface Signers {
        /** The signer with this id, validated; the refusal of one that is known and does not hold; or empty. */
        Optional<Answer<TrustedSigner>> find(ByteString signerId);
    }

    private DeltaVerifier() {}

    /**
     * Verifies a delta's signatures.
     *
     * @param delta what is in the signed delta
     * @param atMillis the time at which the certificates must be valid: now for what is submitted, the time of application
     *     for history
     */
    public static DeltaVerdict verify(SignedDelta signed, WaveletDelta delta, Signers signers, long atMillis) {
        List<String> domains = domains(delta);
        if (signed.signatures().size() != domains.size()) {
            return refused(signed.signatures().size() + " signatures instead of " + domains.size() + ", one of each of "
                    + domains);
        }
        for (int i = 0; i < domains.size(); i++) {
            DeltaVerdict verdict = verify(signed, signed.signatures().get(i), domains.get(i), signers, atMillis);
            if (!(verdict instanceof DeltaVerdict.Verified)) {
                return verdict;
            }
        }
        return DeltaVerdict.Verified.INSTANCE;
    }

    /** The domains that must sign a delta, in the order of their signatures. */
    public static List<String> domains(WaveletDelta delta) {
        Set<String> domains = new LinkedHashSet<>();
        delta.addressPath().stream().map(ParticipantId::domain).forEach(domains::add);
        domains.add(delta.author().domain());
        return new ArrayList<>(domains);
    }

    private static DeltaVerdict verify(
            SignedDelta signed, Signature signature, String domain, Signers signers, long atMillis) {
        Optional<Answer<TrustedSigner>> found = signers.find(signature.signerId());
        if (found.isEmpty()) {
            return new DeltaVerdict.UnknownSigner(signature.signerId());
        } else if (found.get() instanceof Answer.No<TrustedSigner> no) {
            return new DeltaVerdict.Refused(no.refusal());
        }
        TrustedSigner signer = ((Answer.Ok<TrustedSigner>) found.get()).value();
        if (!signer.isValidAt(atMillis)) {
            return refused("the certificates of " + signer + " are not valid at the time: it needs new ones");
        } else if (!signer.speaksFor(domain)) {
            return refused("signed by " + signer + ", which does not speak for " + domain);
        } else if (!holds(signer.key(), signed.payload(), signature.bytes())) {
            return refused("the signature for " + domain + " does not fit the delta");
        }
        return DeltaVerdict.Verified.INSTANCE;
    }

    private static boolean holds(PublicKey key, ByteString payload, ByteString bytes) {
        if (!(key instanceof RSAPublicKey)) {
            return false;
        }
        try {
            java.security.Signature verification = RsaSignatures.create();
            verification.initVerify(key);
            verification.update(payload.asReadOnlyByteBuffer());
            return verification.verify(bytes.toByteArray());
        } catch (GeneralSecurityException e) {
            // A signature of another length, for example: not one of this key.
            return false;
        }
    }

    private static DeltaVerdict refused(String text) {
        return new DeltaVerdict.Refused(new Refusal(Reason.BAD_SIGNATURE, text));
    }
}
