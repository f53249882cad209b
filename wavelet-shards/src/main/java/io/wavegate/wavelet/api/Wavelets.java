package io.wavegate.wavelet.api;

import com.google.protobuf.ByteString;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletDelta;
import io.wavegate.wavelet.model.WaveletName;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/**
 * All wavelets of the cluster, hosted and replicas. Stages complete with a refusal rather than exceptionally wherever a
 * caller can act. Every request may be repeated: it is idempotent.
 */
public interface Wavelets {
    /**
     * A delta of a local, already authenticated user. It is signed with our domain's key; on a hosted wavelet it is
     * applied, on a replica sent to the host. Completes when durable at the host. Version 0 creates the wavelet.
     */
    CompletionStage<SubmitResult> submit(WaveletName wavelet, WaveletDelta delta);

    /**
     * Durable deltas from a version on: at once if there are any, else when there are, else an empty page after
     * {@code wait}. To follow a wavelet, ask again from the last delta's result. Nothing is queued for a slow reader. If the
     * host has replaced its history after {@code from}, the refusal is {@code HISTORY_REPLACED}.
     *
     * @param reader must be on the wavelet (see decisions on {@code @domain})
     * @param from a boundary between deltas that the reader has seen; its hash is compared
     * @param maxBytes bound of the page's serialized size; at least one delta is given
     */
    CompletionStage<Answer<DeltaPage>> deltas(
            WaveletName wavelet, ParticipantId reader, HashedVersion from, long maxBytes, Duration wait);

    /** The wavelet at its durable head. */
    CompletionStage<Answer<WaveletView>> view(WaveletName wavelet, ParticipantId reader);

    /** URIs of the wavelets, hosted and replicas, that a local user is on, in their order, after the URI {@code after}. */
    CompletionStage<List<String>> waveletsOf(ParticipantId participant, String after, int limit);

    /** How often replicas on this node and their hosts did not agree. */
    ReplicaCounts replicaCounts();

    // ---- from remote domains, each already authenticated by its stream ----

    /** A signed delta ({@code ProtocolSignedDelta}) submitted by a remote domain for a wavelet of ours. */
    CompletionStage<SubmitResult> submitFromRemote(String remoteDomain, WaveletName wavelet, ByteString signedDelta);

    /** History of a wavelet of ours, both ends boundaries with the right hash. */
    CompletionStage<Answer<History>> history(
            String remoteDomain, WaveletName wavelet, HashedVersion start, HashedVersion end, OptionalLong maxBytes);

    /** The signer whose id is on the delta that ends at {@code end}. */
    CompletionStage<Answer<SignerInfo>> signer(
            String remoteDomain, ByteString signerId, WaveletName wavelet, HashedVersion end);

    /** A signer's chain, sent ahead of a submit. */
    CompletionStage<Answer<Boolean>> postSigner(String remoteDomain, SignerInfo signer);

    /**
     * An update of a wavelet that the remote domain hosts. Completes when every part is handled: applied and durable, a
     * known duplicate, or refused. Then, and only then, is a receipt due.
     */
    CompletionStage<Answer<Boolean>> updateFromRemote(String remoteDomain, WaveletUpdate update);

    /** A remote domain answers again: each wavelet it is behind on, hosted or replica, should go on. */
    void remoteDomainReachable(String localDomain, String remoteDomain);
}
