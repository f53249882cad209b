package io.wavegate.wavelet.ot;

import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletOperation;
import io.wavegate.wavelet.model.WaveletOperation.AddParticipant;
import io.wavegate.wavelet.model.WaveletOperation.MutateDocument;
import io.wavegate.wavelet.model.WaveletOperation.NoOp;
import io.wavegate.wavelet.model.WaveletOperation.RemoveParticipant;

/** Transforms wavelet operations against each other (spec section 10.5). */
public final class WaveletOperationTransformer {
    private WaveletOperationTransformer() {}

    /**
     * Transforms a submitted operation and one of the history against each other. The server's author decides nothing:
     * the rule about removed authors looks only at what the server's operation removes.
     *
     * @throws RemovedAuthorException if the server's operation removes the client's author
     * @throws TransformException if the two cannot both be done
     */
    public static TransformedWaveletPair transform(
            WaveletOperation client, ParticipantId clientAuthor, WaveletOperation server, ParticipantId serverAuthor) {
        if (server instanceof RemoveParticipant removal) {
            return againstRemoval(client, clientAuthor, removal);
        } else if (server instanceof AddParticipant addition) {
            return againstAddition(client, addition);
        } else if (server instanceof MutateDocument theirs
                && client instanceof MutateDocument mine
                && mine.documentId().equals(theirs.documentId())) {
            TransformedPair pair = DocOpTransformer.transform(mine.operation(), theirs.operation());
            return new TransformedWaveletPair(
                    new MutateDocument(mine.documentId(), pair.client()),
                    new MutateDocument(theirs.documentId(), pair.server()));
        }
        return new TransformedWaveletPair(client, server);
    }

    private static TransformedWaveletPair againstRemoval(
            WaveletOperation client, ParticipantId clientAuthor, RemoveParticipant server) {
        ParticipantId removed = server.participant();
        if (removed.equals(clientAuthor)) {
            throw new RemovedAuthorException(removed);
        }
        if (client instanceof RemoveParticipant also && also.participant().equals(removed)) {
            return new TransformedWaveletPair(NoOp.INSTANCE, NoOp.INSTANCE);
        }
        if (client instanceof AddParticipant addition && addition.participant().equals(removed)) {
            throw new TransformException("adds " + removed + ", whom a concurrent operation removes");
        }
        return new TransformedWaveletPair(client, server);
    }

    private static TransformedWaveletPair againstAddition(WaveletOperation client, AddParticipant server) {
        ParticipantId added = server.participant();
        if (client instanceof AddParticipant also && also.participant().equals(added)) {
            return new TransformedWaveletPair(NoOp.INSTANCE, NoOp.INSTANCE);
        }
        if (client instanceof RemoveParticipant removal && removal.participant().equals(added)) {
            throw new TransformException("removes " + added + ", whom a concurrent operation adds");
        }
        return new TransformedWaveletPair(client, server);
    }
}
