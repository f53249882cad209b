package io.wavegate.wavelet.api;

import com.google.protobuf.ByteString;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.WaveletName;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/**
 * What wavelets ask of other domains; carried out by the links. Nothing is queued for a domain that is away: the stage
 * completes with {@code HOST_UNREACHABLE} (not sent, or no answer in time) or {@code OVERLOADED}, and
 * {@link Wavelets#remoteDomainReachable} tells when to go on. A refusal by the peer is {@code HOST_REFUSED}.
 *
 * <p>Requests of one wavelet to one domain are sent in the order of the calls.
 */
public interface RemoteDomains {
    /** Sends an update; completes when the peer's receipt arrives. Several may be under way. */
    CompletionStage<Answer<Boolean>> update(String localDomain, String remoteDomain, WaveletUpdate update);

    /** Posts the signer, then submits the signed delta to the wavelet's host. */
    CompletionStage<SubmitResult> submit(
            String localDomain, String remoteDomain, WaveletName wavelet, ByteString signedDelta, SignerInfo signer);

    /** Asks the host for history, start inclusive, end exclusive. */
    CompletionStage<Answer<History>> history(
            String localDomain,
            String remoteDomain,
            WaveletName wavelet,
            HashedVersion start,
            HashedVersion end,
            OptionalLong maxBytes);

    /** Asks the host for the signer of the delta that ends at {@code end}. */
    CompletionStage<Answer<SignerInfo>> signer(
            String localDomain, String remoteDomain, ByteString signerId, WaveletName wavelet, HashedVersion end);
}
