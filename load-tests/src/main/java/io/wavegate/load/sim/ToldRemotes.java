package io.wavegate.load.sim;

import com.google.protobuf.ByteString;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.History;
import io.wavegate.wavelet.api.RemoteDomains;
import io.wavegate.wavelet.api.SignerInfo;
import io.wavegate.wavelet.api.SubmitResult;
import io.wavegate.wavelet.api.WaveletUpdate;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.WaveletName;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** Other domains as a node's wavelets reach them: what they are sent is seen by the checker. */
final class ToldRemotes implements RemoteDomains {
    private final SimNode node;
    private final RemoteDomains links;

    ToldRemotes(SimNode node, RemoteDomains links) {
        this.node = node;
        this.links = links;
    }

    @Override
    public CompletionStage<Answer<Boolean>> update(String localDomain, String remoteDomain, WaveletUpdate update) {
        WaveletUpdate sent = node.domain().bugs().changed(update);
        if (!node.world().muted()) {
            SimRun run = node.domain().run();
            sent.appliedDeltas().forEach(bytes -> run.told(node, remoteDomain, sent.wavelet(), bytes));
            sent.committed().ifPresent(head -> run.noticed(node, remoteDomain, sent.wavelet(), head));
        }
        return links.update(localDomain, remoteDomain, sent);
    }

    @Override
    public CompletionStage<SubmitResult> submit(
            String localDomain, String remoteDomain, WaveletName wavelet, ByteString signedDelta, SignerInfo signer) {
        return links.submit(localDomain, remoteDomain, wavelet, signedDelta, signer);
    }

    @Override
    public CompletionStage<Answer<History>> history(
            String localDomain,
            String remoteDomain,
            WaveletName wavelet,
            HashedVersion start,
            HashedVersion end,
            OptionalLong maxBytes) {
        return links.history(localDomain, remoteDomain, wavelet, start, end, maxBytes);
    }

    @Override
    public CompletionStage<Answer<SignerInfo>> signer(
            String localDomain, String remoteDomain, ByteString signerId, WaveletName wavelet, HashedVersion end) {
        return links.signer(localDomain, remoteDomain, signerId, wavelet, end);
    }
}
