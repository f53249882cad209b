package io.wavegate.node.fake;

import com.google.protobuf.ByteString;
import io.wavegate.wavelet.api.DeltaPage;
import io.wavegate.wavelet.api.Refusal.Reason;
import io.wavegate.wavelet.api.SubmitResult;
import io.wavegate.wavelet.api.WaveletView;
import io.wavegate.wavelet.document.Document;
import io.wavegate.wavelet.document.InvalidOperationException;
import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.HashChain;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletDelta;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.model.WaveletOperation;
import io.wavegate.wavelet.model.WaveletOperation.AddParticipant;
import io.wavegate.wavelet.model.WaveletOperation.MutateDocument;
import io.wavegate.wavelet.model.WaveletOperation.RemoveParticipant;
import io.wavegate.wavelet.ot.TransformException;
import io.wavegate.wavelet.ot.WaveletOperationTransformer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A hosted wavelet by the rules of spec 7.1 and 7.2, without signatures and journal. */
final class FakeWavelet {
    private final WaveletName name;
    private final ParticipantId creator;
    private final List<ParticipantId> participants = new ArrayList<>();
    private final Map<String, Document> documents = new TreeMap<>();
    private final List<DeltaPage.Delta> history = new ArrayList<>();
    private final Map<WaveletDelta, SubmitResult> applied = new HashMap<>();
    private HashedVersion head;

    FakeWavelet(WaveletName name, ParticipantId creator) {
        this.name = name;
        this.creator = creator;
        this.head = HashChain.zero(name);
    }

    WaveletName name() {
        return name;
    }

    boolean isOn(ParticipantId participant) {
        return participants.contains(participant);
    }

    boolean isBoundary(HashedVersion version) {
        return version.equals(HashChain.zero(name))
                || history.stream().anyMatch(delta -> delta.result().equals(version));
    }

    DeltaPage page(HashedVersion from, long maxBytes) {
        List<DeltaPage.Delta> page = new ArrayList<>();
        long bytes = 0;
        for (DeltaPage.Delta delta : after(from)) {
            bytes += delta.toString().length();
            if (!page.isEmpty() && bytes > maxBytes) {
                break;
            }
            page.add(delta);
        }
        return new DeltaPage(page, head);
    }

    private List<DeltaPage.Delta> after(HashedVersion from) {
        return history.stream()
                .filter(delta -> delta.appliedAt() >= from.version())
                .toList();
    }

    WaveletView view() {
        TreeMap<String, DocOp> contents = new TreeMap<>();
        documents.forEach((id, document) -> contents.put(id, document.toOperation()));
        return new WaveletView(name, head, List.copyOf(participants), contents, creator, 1, 2);
    }

    SubmitResult submit(WaveletDelta delta) {
        SubmitResult before = applied.get(delta);
        if (before != null) {
            return before;
        }
        if (head.version() > 0 && !isOn(delta.author())) {
            return FakeWavelets.refused(Reason.NOT_PARTICIPANT);
        }
        if (!isBoundary(delta.target())) {
            return FakeWavelets.refused(Reason.UNKNOWN_VERSION);
        }
        try {
            SubmitResult result = apply(delta, transformed(delta));
            applied.put(delta, result);
            return result;
        } catch (TransformException e) {
            return FakeWavelets.refused(Reason.TRANSFORM_FAILED);
        } catch (InvalidOperationException e) {
            return FakeWavelets.refused(Reason.INVALID_OPERATION);
        }
    }

    private List<WaveletOperation> transformed(WaveletDelta delta) {
        List<WaveletOperation> operations = new ArrayList<>();
        for (WaveletOperation operation : delta.operations()) {
            WaveletOperation current = operation;
            for (DeltaPage.Delta server : after(delta.target())) {
                for (WaveletOperation other : server.operations()) {
                    current = WaveletOperationTransformer.transform(current, delta.author(), other, server.author())
                            .client();
                }
            }
            operations.add(current);
        }
        return operations;
    }

    /** The wavelet as it was at a version: what its host has after restoring a backup. */
    FakeWavelet restoredAt(long version) {
        FakeWavelet restored = new FakeWavelet(name, creator);
        for (DeltaPage.Delta delta : history) {
            if (delta.result().version() <= version) {
                restored.take(delta.operations());
                restored.history.add(delta);
                restored.head = delta.result();
            }
        }
        return restored;
    }

    private SubmitResult apply(WaveletDelta delta, List<WaveletOperation> operations) {
        take(operations);
        long appliedAt = head.version();
        ByteString bytes = ByteString.copyFromUtf8(delta.toString());
        head = HashChain.next(head, bytes, operations.size());
        history.add(new DeltaPage.Delta(appliedAt, delta.author(), operations, head, 5, HashChain.sha256(bytes)));
        return new SubmitResult.Applied(head, operations.size(), 5);
    }

    private void take(List<WaveletOperation> operations) {
        Map<String, Document> changed = new HashMap<>();
        for (WaveletOperation operation : operations) {
            if (operation instanceof MutateDocument mutation) {
                Document document = Optional.ofNullable(changed.get(mutation.documentId()))
                        .orElse(documents.getOrDefault(mutation.documentId(), Document.EMPTY));
                changed.put(mutation.documentId(), document.apply(mutation.operation()));
            } else if (operation instanceof AddParticipant add) {
                participants.add(add.participant());
            } else if (operation instanceof RemoveParticipant remove) {
                participants.remove(remove.participant());
            }
        }
        documents.putAll(changed);
    }
}
