package io.wavegate.node.client;

import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.WaveletOperation;
import io.wavegate.wavelet.model.WaveletOperation.MutateDocument;
import io.wavegate.wavelet.ot.DocOpComposer;
import io.wavegate.wavelet.ot.DocOpTransformer;
import io.wavegate.wavelet.ot.TransformedPair;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Edits that go out as one delta: one composed operation per document, because the host transforms the second operation
 * of a document in a wrong context (spec 7.2).
 */
final class EditGroup {
    private final Map<String, DocOp> documents = new LinkedHashMap<>();
    private final List<WaveletOperation> others = new ArrayList<>();
    private int edits;
    private boolean sealed;

    void edit(String documentId, DocOp operation) {
        documents.merge(documentId, operation, DocOpComposer::composeInPlace);
        edits++;
    }

    /** An operation that is of no document. */
    void add(WaveletOperation operation) {
        others.add(operation);
        edits++;
    }

    /** Nothing joins it any more. */
    void seal() {
        sealed = true;
    }

    boolean isSealed() {
        return sealed;
    }

    int edits() {
        return edits;
    }

    List<WaveletOperation> operations() {
        List<WaveletOperation> operations = new ArrayList<>(others);
        documents.forEach((id, operation) -> operations.add(new MutateDocument(id, operation)));
        return operations;
    }

    /**
     * Takes in an operation that the host has put before this group.
     *
     * @return the operation as it applies after this group
     */
    DocOp after(String documentId, DocOp serverOperation) {
        DocOp own = documents.get(documentId);
        if (own == null) {
            return serverOperation;
        }
        TransformedPair pair = DocOpTransformer.transform(own, serverOperation);
        documents.put(documentId, pair.client());
        return pair.server();
    }
}
