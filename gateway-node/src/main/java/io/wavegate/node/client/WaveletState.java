package io.wavegate.node.client;

import io.wavegate.wavelet.api.DeltaPage;
import io.wavegate.wavelet.document.Document;
import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletDelta;
import io.wavegate.wavelet.model.WaveletOperation;
import io.wavegate.wavelet.model.WaveletOperation.MutateDocument;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a client knows of one wavelet, and the rules by which it changes; no threads, no clock, no network.
 *
 * <pre>
 *   document on screen = host's history up to {@link #version()} + the delta in flight + pending groups
 * </pre>
 *
 * One delta is in flight at a time, made against {@link #version()}. What the host puts before it is transformed against it and
 * against what is pending, as the host transforms the delta itself (the client's insertion stands left of the
 * server's). The client's own delta is known by the version in the submit's answer; if a delta of the same user arrives
 * before that answer, it and what follows are held back until the answer tells whether it is this client's.
 */
final class WaveletState {
    private final ParticipantId user;
    private final WaveletListener listener;
    private final Map<String, Document> documents;
    private final Deque<EditGroup> pending = new ArrayDeque<>();
    private final Deque<DeltaPage.Delta> held = new ArrayDeque<>();
    private HashedVersion version;
    private HashedVersion received;
    private Optional<InFlight> inFlight = Optional.empty();

    /** A delta on its way: as sent, as transformed since, and the version it got once that is known. */
    record InFlight(WaveletDelta sent, EditGroup group, Optional<HashedVersion> result) {}

    WaveletState(ParticipantId user, HashedVersion version, Map<String, Document> documents, WaveletListener listener) {
        this.user = user;
        this.version = version;
        this.received = version;
        this.documents = new TreeMap<>(documents);
        this.listener = listener;
    }

    /** The host's version that the local documents stand on. */
    HashedVersion version() {
        return version;
    }

    /** Up to where deltas have arrived: where to follow from after a lost connection. */
    HashedVersion received() {
        return received;
    }

    Optional<InFlight> inFlight() {
        return inFlight;
    }

    /** True if every edit is durable and has come back. */
    boolean isQuiet() {
        return inFlight.isEmpty() && pending.isEmpty() && held.isEmpty();
    }

    /** What is not known to be durable, in order: the delta in flight as sent, and what waits for it. */
    List<WaveletDelta> unsaved() {
        List<WaveletDelta> all = new ArrayList<>();
        inFlight.filter(flight -> flight.result().isEmpty()).ifPresent(flight -> all.add(flight.sent()));
        pending.forEach(group -> all.add(new WaveletDelta(version, user, group.operations(), List.of())));
        return all;
    }

    /** A document as the user sees it; one that does not exist is empty. */
    Document document(String id) {
        return documents.getOrDefault(id, Document.EMPTY);
    }

    /** Applies a local edit at once. */
    void edit(String documentId, DocOp operation) {
        documents.put(documentId, document(documentId).apply(operation));
        openGroup().edit(documentId, operation);
    }

    /** Queues an operation that is of no document. */
    void change(WaveletOperation operation) {
        openGroup().add(operation);
    }

    /** What follows goes into another delta than what was. */
    void seal() {
        EditGroup last = pending.peekLast();
        if (last != null) {
            last.seal();
        }
    }

    private EditGroup openGroup() {
        EditGroup last = pending.peekLast();
        if (last != null && !last.isSealed()) {
            return last;
        }
        EditGroup opened = new EditGroup();
        pending.addLast(opened);
        return opened;
    }

    /** Takes the next delta to submit, if one is due; it is in flight then. */
    Optional<WaveletDelta> takeNext() {
        EditGroup group = inFlight.isPresent() ? null : pending.pollFirst();
        if (group == null) {
            return Optional.empty();
        }
        WaveletDelta delta = new WaveletDelta(version, user, group.operations(), List.of());
        inFlight = Optional.of(new InFlight(delta, group, Optional.empty()));
        listener.submitting(delta, group.edits());
        return Optional.of(delta);
    }

    /** The delta in flight is durable, and this is the version after it. */
    void answered(HashedVersion result) {
        InFlight flight = inFlight.orElseThrow(() -> new IllegalStateException("nothing is in flight"));
        inFlight = Optional.of(new InFlight(flight.sent(), flight.group(), Optional.of(result)));
        if (result.version() <= version.version()) {
            // Recognised as a duplicate of a delta that had arrived already.
            own(version);
        }
        takeHeld();
    }

    /** A durable delta arrived, in the host's order. One that was there already is ignored. */
    void receive(DeltaPage.Delta delta) {
        if (delta.result().version() <= received.version()) {
            return;
        }
        if (delta.appliedAt() != received.version()) {
            throw new IllegalStateException("deltas after version " + received.version() + " begin at "
                    + delta.appliedAt() + ": some are missing");
        }
        received = delta.result();
        held.addLast(delta);
        takeHeld();
    }

    private void takeHeld() {
        while (!held.isEmpty() && !isAmbiguous(held.getFirst())) {
            take(held.removeFirst());
        }
    }

    private boolean isAmbiguous(DeltaPage.Delta delta) {
        return delta.author().equals(user)
                && inFlight.filter(flight -> flight.result().isEmpty()).isPresent();
    }

    private void take(DeltaPage.Delta delta) {
        Optional<HashedVersion> expected = inFlight.flatMap(InFlight::result);
        if (expected.filter(delta.result()::equals).isPresent()) {
            own(delta.result());
            return;
        }
        version = delta.result();
        for (WaveletOperation operation : delta.operations()) {
            if (operation instanceof MutateDocument mutation) {
                takeRemote(mutation.documentId(), mutation.operation(), delta.author());
            }
        }
        listener.remoteDelta(delta.author(), delta.result());
    }

    private void own(HashedVersion result) {
        version = result;
        inFlight = Optional.empty();
        listener.ownDelta(result);
    }

    private void takeRemote(String documentId, DocOp operation, ParticipantId author) {
        DocOp local = operation;
        if (inFlight.isPresent()) {
            local = inFlight.get().group().after(documentId, local);
        }
        for (EditGroup group : pending) {
            local = group.after(documentId, local);
        }
        documents.put(documentId, document(documentId).apply(local));
        listener.remoteEdit(documentId, local, author);
    }
}
