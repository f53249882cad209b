package io.wavegate.wavelet.ot;

import static io.wavegate.wavelet.ot.Ops.insert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletOperation;
import io.wavegate.wavelet.model.WaveletOperation.AddParticipant;
import io.wavegate.wavelet.model.WaveletOperation.MutateDocument;
import io.wavegate.wavelet.model.WaveletOperation.NoOp;
import io.wavegate.wavelet.model.WaveletOperation.RemoveParticipant;
import org.junit.jupiter.api.Test;

/** The sentences of spec section 10.5, one test each. */
class WaveletOperationTransformerTest {
    private static final ParticipantId ALICE = new ParticipantId("alice@a.test");
    private static final ParticipantId BOB = new ParticipantId("bob@b.test");
    private static final ParticipantId CAROL = new ParticipantId("carol@c.test");

    @Test
    void operationsOnDifferentDocumentsAreUnchanged() {
        WaveletOperation client = new MutateDocument("b+1", DocOp.of(insert("c")));
        WaveletOperation server = new MutateDocument("b+2", DocOp.of(insert("s")));

        assertThat(transform(client, server)).isEqualTo(new TransformedWaveletPair(client, server));
    }

    @Test
    void whoWasRemovedMeanwhileCanDoNothing() {
        WaveletOperation anything = NoOp.INSTANCE;

        assertThatThrownBy(() -> transform(anything, new RemoveParticipant(ALICE)))
                .isInstanceOf(RemovedAuthorException.class);
    }

    @Test
    void theServersAuthorMayBeRemoved() {
        WaveletOperation client = new RemoveParticipant(BOB);
        WaveletOperation server = new AddParticipant(CAROL);

        assertThat(transform(client, server)).isEqualTo(new TransformedWaveletPair(client, server));
    }

    @Test
    void theSameAdditionOrRemovalTwiceIsNothing() {
        TransformedWaveletPair nothing = new TransformedWaveletPair(NoOp.INSTANCE, NoOp.INSTANCE);

        assertThat(transform(new AddParticipant(CAROL), new AddParticipant(CAROL)))
                .isEqualTo(nothing);
        assertThat(transform(new RemoveParticipant(CAROL), new RemoveParticipant(CAROL)))
                .isEqualTo(nothing);
    }

    @Test
    void additionAndRemovalOfTheSameParticipantExcludeEachOther() {
        assertThatThrownBy(() -> transform(new AddParticipant(CAROL), new RemoveParticipant(CAROL)))
                .isInstanceOf(TransformException.class);
        assertThatThrownBy(() -> transform(new RemoveParticipant(CAROL), new AddParticipant(CAROL)))
                .isInstanceOf(TransformException.class);
    }

    private static TransformedWaveletPair transform(WaveletOperation client, WaveletOperation server) {
        return WaveletOperationTransformer.transform(client, ALICE, server, BOB);
    }
}
