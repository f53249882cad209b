package io.wavegate.wavelet.entity;

import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.DeltaPage;
import io.wavegate.wavelet.api.WaveletView;
import io.wavegate.wavelet.entity.WaveletReply.DeltasReply;
import io.wavegate.wavelet.entity.WaveletReply.ViewReply;
import io.wavegate.wavelet.model.AppliedDelta;
import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.state.WaveletState;
import java.util.Collections;
import java.util.TreeMap;

/** What entities answer, in the words of the public face. */
final class DeltaViews {
    private DeltaViews() {}

    static Answer<DeltaPage> page(DeltasReply reply) {
        if (reply.refusal().isPresent()) {
            return new Answer.No<>(reply.refusal().get());
        }
        return new Answer.Ok<>(new DeltaPage(
                reply.deltas().stream().map(DeltaViews::delta).toList(),
                reply.head().orElseThrow()));
    }

    private static DeltaPage.Delta delta(AppliedDelta delta) {
        return new DeltaPage.Delta(
                delta.appliedAt().version(),
                delta.author(),
                delta.operations(),
                delta.result(),
                delta.timestampMillis(),
                delta.payloadHash());
    }

    static Answer<WaveletView> view(ViewReply reply) {
        if (reply.refusal().isPresent()) {
            return new Answer.No<>(reply.refusal().get());
        }
        return view(reply.state().orElseThrow());
    }

    static Answer<WaveletView> view(WaveletState state) {
        TreeMap<String, DocOp> documents = new TreeMap<>();
        state.documents().forEach((id, document) -> documents.put(id, document.toOperation()));
        return new Answer.Ok<>(new WaveletView(
                state.name(),
                state.version(),
                state.participants().inOrder(),
                Collections.unmodifiableSortedMap(documents),
                state.creator().orElseThrow(),
                state.creationTimeMillis(),
                state.lastModifiedTimeMillis()));
    }
}
