package io.wavegate.persistence.memory;

import io.wavegate.persistence.journal.SetChange;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Sets of strings, all in the order of their UTF-8 bytes; safe for many threads. */
final class MemorySets {
    /** Not {@link String#compareTo}: that orders UTF-16, in which U+10000 and above come before U+E000. */
    private static final Comparator<String> UTF8_ORDER =
            (a, b) -> Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    private final NavigableMap<String, NavigableSet<String>> sets = new TreeMap<>(UTF8_ORDER);

    synchronized void change(List<SetChange> changes) {
        for (SetChange change : changes) {
            NavigableSet<String> members = sets.computeIfAbsent(change.set(), ignored -> new TreeSet<>(UTF8_ORDER));
            if (change.present()) {
                members.add(change.member());
            } else {
                members.remove(change.member());
            }
            if (members.isEmpty()) {
                sets.remove(change.set());
            }
        }
    }

    synchronized List<String> members(String set, String after, int limit) {
        NavigableSet<String> members = sets.get(set);
        return members == null
                ? List.of()
                : members.tailSet(after, false).stream().limit(limit).toList();
    }

    synchronized List<String> names(String prefix, String after, int limit) {
        NavigableSet<String> names = sets.navigableKeySet().tailSet(prefix, true);
        if (UTF8_ORDER.compare(after, prefix) >= 0) {
            names = names.tailSet(after, false);
        }
        return names.stream()
                .takeWhile(name -> name.startsWith(prefix))
                .limit(limit)
                .toList();
    }
}
