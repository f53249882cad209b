package io.wavegate.wavelet.ot;

import io.wavegate.wavelet.model.DocOp;

/**
 * Transforms two operations that were made for the same document so that each applies after the other, with the same
 * document as the result (spec section 10.4). Ties go to the client: its insertion stands left of the server's, its
 * value of an attribute or annotation wins.
 *
 * <p>The server's operation is the one in the history, the client's the one submitted.
 */
public final class DocOpTransformer {
    private DocOpTransformer() {}

    /**
     * Transforms two well-formed operations.
     *
     * <p>A server's operation for a longer document than the client's is accepted as far as the reference accepts it
     * (see {@link ServerOperationCut}); the transformed client's operation then need not fit any document, which
     * applying it tells.
     *
     * @return both in normal form
     * @throws TransformException if they cannot have been made for the same document
     */
    public static TransformedPair transform(DocOp client, DocOp server) {
        long clientLength = DocOpLengths.input(client);
        long serverLength = DocOpLengths.input(server);
        if (clientLength > serverLength) {
            throw new TransformException("the submitted operation is for a document of " + clientLength
                    + " items, the concurrent one for one of " + serverLength);
        }
        DocOp fitting = clientLength == serverLength ? server : ServerOperationCut.cut(server, clientLength);
        return new PairTransformation(client, fitting).run();
    }
}
