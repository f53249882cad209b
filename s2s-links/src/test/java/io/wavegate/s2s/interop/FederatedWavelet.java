package io.wavegate.s2s.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.SubmitResult;
import io.wavegate.wavelet.api.WaveletView;
import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.DocOpComponent.Characters;
import io.wavegate.wavelet.model.HashChain;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletDelta;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.model.WaveletOperation;
import io.wavegate.wavelet.model.WaveletOperation.AddParticipant;
import io.wavegate.wavelet.model.WaveletOperation.MutateDocument;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A wavelet of one node with a user on another, to which both write, each into a document of its own. */
final class FederatedWavelet {
    private final WaveletName name;
    private final FederatedNode host;
    private final ParticipantId hostUser;
    private final ParticipantId otherUser;
    private int documents;

    FederatedWavelet(FederatedNode host, String hostDomain, String otherDomain) throws Exception {
        this.name = new WaveletName(hostDomain, "w+shared", hostDomain, "conv+root");
        this.host = host;
        this.hostUser = new ParticipantId("ada@" + hostDomain);
        this.otherUser = new ParticipantId("bob@" + otherDomain);
        submit(
                host,
                hostUser,
                HashChain.zero(name),
                List.of(new AddParticipant(hostUser), new AddParticipant(otherUser)));
    }

    void hostWrites() throws Exception {
        write(host, hostUser);
    }

    void otherWrites(FederatedNode other) throws Exception {
        write(other, otherUser);
    }

    private void write(FederatedNode node, ParticipantId author) throws Exception {
        submit(
                node,
                author,
                version(node, author),
                List.of(new MutateDocument("b+" + ++documents, DocOp.of(new Characters("said by " + author)))));
    }

    private void submit(
            FederatedNode node, ParticipantId author, HashedVersion version, List<WaveletOperation> operations)
            throws Exception {
        SubmitResult result = node.wavelets()
                .submit(name, new WaveletDelta(version, author, operations, List.of()))
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
        assertThat(result).isInstanceOf(SubmitResult.Applied.class);
    }

    private HashedVersion version(FederatedNode node, ParticipantId reader) throws Exception {
        return view(node, reader).version();
    }

    private WaveletView view(FederatedNode node, ParticipantId reader) throws Exception {
        Answer<WaveletView> answer =
                node.wavelets().view(name, reader).toCompletableFuture().get(30, TimeUnit.SECONDS);
        if (answer instanceof Answer.Ok<WaveletView> ok) {
            return ok.value();
        }
        throw new AssertionError(answer);
    }

    /** Waits until the other side has what the host has, hash for hash. */
    void awaitEqual(FederatedNode other) throws Exception {
        HashedVersion wanted = version(host, hostUser);
        await().atMost(Duration.ofSeconds(90))
                .ignoreExceptions()
                .ignoreExceptionsMatching(AssertionError.class::isInstance)
                .until(() -> version(other, otherUser).equals(wanted));
        assertThat(view(other, otherUser).documents())
                .isEqualTo(view(host, hostUser).documents());
    }
}
