package io.wavegate.wavelet.document;

import io.wavegate.wavelet.document.InvalidOperationException.Reason;
import io.wavegate.wavelet.model.Attributes;
import io.wavegate.wavelet.model.DocOpComponent.AnnotationBoundary;
import io.wavegate.wavelet.model.DocOpComponent.ValueChange;
import io.wavegate.wavelet.ot.KeyMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The annotation changes open at a place of an operation being applied, and what they mean there (spec 10.2).
 *
 * <p>Items under the same changes that had the same annotations get the same ones, one object for all: thousands of keys over
 * thousands of items cost their sum and not their product, here and wherever annotations are compared later.
 */
final class OpenAnnotations {
    private final KeyMap<ValueChange> open = new KeyMap<>();
    // The same, sorted by key; made anew with every boundary.
    private List<ValueChange> changes = List.of();
    // Annotations, before this operation, of the nearest item to the left that it has consumed.
    private Attributes left = Attributes.NONE;
    // What deleted items must be reset to: what stood left of the last place not deleted, and what changed there.
    private Attributes keptLeft = Attributes.NONE;
    private List<ValueChange> keptChanges = List.of();
    private Attributes matched = Attributes.NONE;
    private List<ValueChange> matchedBy = List.of();
    private Attributes changed = Attributes.NONE;
    private List<ValueChange> changedBy = List.of();
    private Attributes result = Attributes.NONE;
    private final AnnotationCost cost;

    OpenAnnotations(AnnotationCost cost) {
        this.cost = cost;
    }

    void change(AnnotationBoundary boundary) {
        boundary.ends().forEach(open::remove);
        boundary.changes().forEach(change -> open.put(change.key(), change));
        List<ValueChange> sorted = new ArrayList<>(open.size());
        for (int i = 0; i < open.size(); i++) {
            ValueChange change = open.value(i);
            if (change != null) {
                sorted.add(change);
            }
        }
        changes = sorted;
    }

    /** True if every open change starts from the value that all of these items have. */
    boolean haveOldValuesOf(Tree items) {
        if (changes.isEmpty()) {
            return true;
        }
        boolean[] all = {true};
        Tree.read(items, 0, items.length(), run -> all[0] = all[0] && areOldValues(run.annotations()));
        return all[0];
    }

    /** True if every open change starts from the value that an insertion here inherits. */
    boolean haveInheritedOldValues() {
        return changes.isEmpty() || areOldValues(left);
    }

    Attributes ofInsertion() {
        return changed(left, changes);
    }

    private boolean areOldValues(Attributes found) {
        if (changes == matchedBy && isSame(found, matched)) {
            return true;
        }
        cost.spend(changes.size());
        boolean match = found.matchOldValuesOf(changes);
        if (match) {
            matched = found;
            matchedBy = changes;
        }
        return match;
    }

    private Attributes changed(Attributes before, List<ValueChange> by) {
        if (by.isEmpty()) {
            return before;
        }
        if (by != changedBy || !isSame(before, changed)) {
            cost.spend(before.size() + by.size());
            result = cost.shared(before.with(by));
            changed = before;
            changedBy = by;
        }
        return result;
    }

    /** What lies in memory once or twice counts the same. */
    private static boolean isSame(Attributes one, Attributes other) {
        return one == other || one.equals(other);
    }

    /** The items with the open changes done. */
    Tree applyTo(Tree items) {
        if (changes.isEmpty()) {
            return items;
        }
        RunCollector collector = new RunCollector();
        Tree.read(
                items,
                0,
                items.length(),
                run -> collector.add(run.withAnnotations(changed(run.annotations(), changes))));
        return Tree.of(collector.runs());
    }

    void kept(Tree items) {
        deleted(items);
        inserted();
    }

    void inserted() {
        keptLeft = left;
        keptChanges = changes;
    }

    void deleted(Tree items) {
        left = Tree.last(items).annotations();
    }

    /** What is wrong with deleting these items here. */
    Optional<Reason> checkDeletion(Tree items) {
        Attributes target = changed(keptLeft, keptChanges);
        spendOnDeletion(items, target);
        for (ValueChange change : changes) {
            boolean[] all = {true};
            Tree.read(
                    items,
                    0,
                    items.length(),
                    run -> all[0] &= run.annotations().get(change.key()).equals(change.oldValue()));
            if (!all[0]) {
                return Optional.of(Reason.OLD_ANNOTATION_DIFFERS);
            } else if (!target.get(change.key()).equals(change.newValue())) {
                return Optional.of(Reason.ANNOTATION_NEW_VALUE_WRONG_FOR_DELETE);
            }
        }
        boolean[] all = {true};
        Tree.read(items, 0, items.length(), run -> all[0] &= isReset(run.annotations(), target));
        return all[0] ? Optional.empty() : Optional.of(Reason.DELETION_MISSING_ANNOTATION_RESET);
    }

    /** Every open key, and every key of what is deleted and of the target, is looked at for each stretch that is alike. */
    private void spendOnDeletion(Tree items, Attributes target) {
        Attributes[] last = {target};
        Tree.read(items, 0, items.length(), run -> {
            Attributes found = run.annotations();
            if (!isSame(found, last[0])) {
                cost.spend(changes.size() + found.size() + target.size());
                last[0] = found;
            }
        });
        cost.spend(changes.size());
    }

    /** True if every key whose value differs from the target has an open change. */
    private boolean isReset(Attributes found, Attributes target) {
        if (found == target || found.equals(target)) {
            return true;
        }
        for (int i = 0; i < found.size(); i++) {
            String key = found.name(i);
            if (!open.contains(key) && !target.get(key).equals(Optional.of(found.value(i)))) {
                return false;
            }
        }
        for (int i = 0; i < target.size(); i++) {
            String key = target.name(i);
            if (!open.contains(key) && found.get(key).isEmpty()) {
                return false;
            }
        }
        return true;
    }
}
