package io.wavegate.wavelet.ot;

import io.wavegate.wavelet.model.DocOpComponent.AnnotationBoundary;
import io.wavegate.wavelet.model.DocOpComponent.ValueChange;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The annotation changes of two concurrent operations (spec section 10.4, step 3).
 *
 * <p>Two things are decided here. First, where both change a key over the same items the client wins: its change then
 * starts from the server's new value, and the server's is dropped. Second, deletions must reset what they delete to
 * the annotations of the place where it is deleted (spec section 10.2). When one side deletes items right where the
 * other's changes begin or end, the items now have the other's values, so the deletion gets changes of its own around
 * it: from what the other side has made of the items to what stands at the last items kept.
 */
final class ConcurrentAnnotations {
    private final Side client;
    private final Side server;

    ConcurrentAnnotations(DocOpWriter clientResult, DocOpWriter serverResult) {
        client = new Side(clientResult);
        server = new Side(serverResult);
    }

    /** A boundary of one of the operations has been reached. */
    void note(boolean ofClient, AnnotationBoundary boundary) {
        Side side = ofClient ? client : server;
        for (String key : boundary.ends()) {
            if (side.declared.contains(key)) {
                side.declared.remove(key);
                if (ofClient) {
                    clientEnds(key);
                } else {
                    serverEnds(key);
                }
            }
        }
        for (ValueChange change : boundary.changes()) {
            if (!change.equals(side.declared.get(change.key()))) {
                side.declared.put(change.key(), change);
                if (ofClient) {
                    clientChanges(change);
                } else {
                    serverChanges(change);
                }
            }
        }
    }

    /** Items that both operations keep, or that one inserts and the other keeps, follow. */
    void itemsStay() {
        client.shifted.clear();
        server.shifted.clear();
    }

    /** Items follow that one operation deletes and the other keeps. */
    void beginDeletion(boolean byClient) {
        Side side = byClient ? client : server;
        Side other = byClient ? server : client;
        for (int i = 0; i < other.shifted.size(); i++) {
            String key = other.shifted.key(i);
            ValueChange before = other.shifted.value(i);
            ValueChange now = other.active.get(key);
            ValueChange own = side.active.get(key);
            side.suspended.put(key, own);
            if (before != null) {
                Optional<String> oldValue =
                        own != null ? own.oldValue() : now != null ? now.newValue() : before.oldValue();
                side.set(new ValueChange(key, oldValue, before.newValue()));
            } else if (now != null) {
                // A key is active on one side at most, so there is no own change here to end in.
                side.set(new ValueChange(key, now.newValue(), now.oldValue()));
            }
        }
    }

    /** The deleted items have been written. */
    void endDeletion(boolean byClient) {
        Side side = byClient ? client : server;
        side.shifted.clear();
        for (int i = 0; i < side.suspended.size(); i++) {
            ValueChange before = side.suspended.value(i);
            if (before == null) {
                side.end(side.suspended.key(i));
            } else {
                side.set(before);
            }
        }
        side.suspended.clear();
    }

    private void clientEnds(String key) {
        client.end(key);
        ValueChange theirs = server.declared.get(key);
        if (theirs != null) {
            server.set(theirs);
        }
    }

    private void clientChanges(ValueChange change) {
        ValueChange theirs = server.declared.get(change.key());
        if (theirs == null) {
            client.set(change);
        } else {
            client.set(new ValueChange(change.key(), theirs.newValue(), change.newValue()));
            server.end(change.key());
        }
    }

    private void serverEnds(String key) {
        ValueChange ours = client.declared.get(key);
        if (ours == null) {
            server.end(key);
        } else {
            client.set(ours);
        }
    }

    private void serverChanges(ValueChange change) {
        ValueChange ours = client.declared.get(change.key());
        if (ours == null) {
            server.set(change);
        } else {
            client.set(new ValueChange(change.key(), change.newValue(), ours.newValue()));
        }
    }

    /** The changes of one operation. */
    private static final class Side {
        private final DocOpWriter result;
        // As the original operation has them.
        private final KeyMap<ValueChange> declared = new KeyMap<>();
        // As the transformed operation has them.
        private final KeyMap<ValueChange> active = new KeyMap<>();
        // Keys whose active change is another than at the last items kept, with the change there; none = no change.
        private final KeyMap<ValueChange> shifted = new KeyMap<>();
        // During a deletion, what was active before it.
        private final KeyMap<ValueChange> suspended = new KeyMap<>();

        Side(DocOpWriter result) {
            this.result = result;
        }

        void set(ValueChange change) {
            String key = change.key();
            @Nullable ValueChange before = active.get(key);
            if (!change.equals(before)) {
                shifted.putIfAbsent(key, before);
                active.put(key, change);
            }
            result.change(change);
        }

        void end(String key) {
            shifted.putIfAbsent(key, active.get(key));
            active.remove(key);
            result.end(key);
        }
    }
}
