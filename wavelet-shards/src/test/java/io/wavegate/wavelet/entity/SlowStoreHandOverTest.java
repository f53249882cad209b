package io.wavegate.wavelet.entity;

import static io.wavegate.wavelet.entity.TestWavelet.ALICE;
import static io.wavegate.wavelet.entity.TestWavelet.BOB;
import static io.wavegate.wavelet.entity.TestWavelet.applied;
import static io.wavegate.wavelet.entity.TestWavelet.creation;
import static io.wavegate.wavelet.entity.TestWavelet.delta;
import static io.wavegate.wavelet.entity.TestWavelet.get;
import static io.wavegate.wavelet.entity.TestWavelet.view;
import static io.wavegate.wavelet.entity.TestWavelet.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.RemoteDomains;
import io.wavegate.wavelet.api.SubmitResult;
import io.wavegate.wavelet.api.WaveletUpdate;
import io.wavegate.wavelet.codec.AppliedDeltaCodec;
import io.wavegate.wavelet.codec.DeltaCodec;
import io.wavegate.wavelet.model.HashChain;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.WaveletName;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A wavelet whose shard moves while the store does not answer: it goes without its write, and who asked for that is answered by
 * the next owner, once both writes have come out of the store.
 */
class SlowStoreHandOverTest {
    private static final WaveletName HOSTED = new WaveletName("b.test", "w+hosted", "b.test", "conv+root");
    private static final WaveletName REPLICA = TestWavelet.name("replica");

    private final FaultyJournal journal = new FaultyJournal();
    private WaveletNode node;

    @BeforeEach
    void start() {
        RemoteDomains silent = new LossyRemotes(1, 100);
        node = new WaveletNode(TestDomains.B, journal, () -> silent, "wavegate.wavelets.lifecycle.stop-timeout = 50ms");
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private void moveWhileItsWriteIsUnderWay(WaveletName name) {
        await().until(() -> journal.held() == 1);
        node.stop(name);
        // Of the next owner, which has loaded the wavelet as it was.
        await().until(() -> journal.held() == 2);
    }

    @Test
    void aHostedWaveletGoesWithoutItsWriteAndTheAuthorGetsTheOneTrueAnswer() {
        HashedVersion head = applied(node.wavelets().submit(HOSTED, creation(HOSTED, BOB)));
        journal.hold();
        CompletableFuture<SubmitResult> answer = node.wavelets()
                .submit(HOSTED, delta(head, BOB, write("b+1", "x")))
                .toCompletableFuture();
        moveWhileItsWriteIsUnderWay(HOSTED);
        assertThat(answer).isNotDone();
        journal.release();

        assertThat(applied(answer).version()).isEqualTo(head.version() + 1);
        assertThat(view(node.wavelets(), HOSTED, BOB).version()).isEqualTo(applied(answer));
    }

    @Test
    void aReplicaGoesWithoutItsWriteAndTheHostGetsItsReceiptWhenItIsStored() {
        get(node.wavelets().postSigner("a.test", TestDomains.A.signer().info()));
        ByteString first = AppliedDeltaCodec.encode(
                TestDomains.A.signer().sign(DeltaCodec.encode(creation(REPLICA, ALICE, BOB))),
                HashChain.zero(REPLICA),
                2,
                System.currentTimeMillis());
        journal.hold();
        CompletableFuture<Answer<Boolean>> receipt = node.wavelets()
                .updateFromRemote("a.test", new WaveletUpdate(REPLICA, List.of(first), Optional.empty()))
                .toCompletableFuture();
        moveWhileItsWriteIsUnderWay(REPLICA);
        assertThat(receipt).isNotDone();
        journal.release();

        assertThat(get(receipt)).isEqualTo(new Answer.Ok<>(true));
        assertThat(view(node.wavelets(), REPLICA, BOB).version().version()).isEqualTo(2);
    }
}
