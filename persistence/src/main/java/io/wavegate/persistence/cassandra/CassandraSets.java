package io.wavegate.persistence.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.wavegate.persistence.journal.SetChange;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Durable sets. Members change by conditional writes, because a plain delete by a node whose clock is ahead would hide an
 * addition made after it; they are rare enough. A set's name is noted before its first member and never removed.
 */
final class CassandraSets {
    private static final int SHELF = 0;
    private static final int FETCH = 500;
    private static final int AT_ONCE = 32;
    private static final int MAX_NOTED = 100_000;
    private static final int ATTEMPTS = 3;

    private final CassandraCluster cluster;
    private final Set<String> noted = ConcurrentHashMap.newKeySet();
    private final PreparedStatement note;
    private final PreparedStatement add;
    private final PreparedStatement remove;
    private final PreparedStatement select;
    private final PreparedStatement selectNames;

    CassandraSets(CassandraCluster cluster) {
        this.cluster = cluster;
        this.note = cluster.prepare("INSERT INTO ks.set_names (shelf, set_name) VALUES (?, ?)");
        this.add = cluster.prepare("INSERT INTO ks.set_members (set_name, member) VALUES (?, ?) IF NOT EXISTS");
        this.remove = cluster.prepare("DELETE FROM ks.set_members WHERE set_name = ? AND member = ? IF EXISTS");
        this.select = cluster.prepare("SELECT member FROM ks.set_members WHERE set_name = ? AND member > ? LIMIT ?");
        this.selectNames = cluster.prepare("SELECT set_name FROM ks.set_names WHERE shelf = ? AND set_name >= ?");
    }

    /** Of several changes of one member, the last. */
    static List<SetChange> effective(List<SetChange> changes) {
        Map<SetChange, SetChange> last = new LinkedHashMap<>();
        changes.forEach(change -> last.put(SetChange.add(change.set(), change.member()), change));
        return List.copyOf(last.values());
    }

    /** Makes the changes that are additions, or those that are not. */
    CompletionStage<Void> apply(List<SetChange> changes, boolean additions) {
        CompletableFuture<?>[] all = changes.stream()
                .filter(change -> change.present() == additions)
                .map(change -> (additions ? add(change) : remove(change)).toCompletableFuture())
                .toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(all);
    }

    CompletionStage<List<String>> members(String set, String after, int limit) {
        return cluster.read(select.bind(set, after, limit).setPageSize(FETCH))
                .thenCompose(rows -> collect(rows, new ArrayList<>()));
    }

    CompletionStage<List<String>> names(String prefix, String after, int limit) {
        String begin = after.startsWith(prefix) ? after : prefix;
        return cluster.read(selectNames.bind(SHELF, begin).setPageSize(FETCH))
                .thenCompose(rows -> new Listing(prefix, after, limit).go(rows));
    }

    private CompletionStage<?> add(SetChange change) {
        CompletionStage<?> named = CompletableFuture.completedFuture(null);
        if (!noted.contains(change.set())) {
            named = cluster.write(note.bind(SHELF, change.set())).thenAccept(done -> {
                if (noted.size() < MAX_NOTED) {
                    noted.add(change.set());
                }
            });
        }
        return named.thenCompose(done -> persistently(add.bind(change.set(), change.member()), ATTEMPTS));
    }

    private CompletionStage<?> remove(SetChange change) {
        return persistently(remove.bind(change.set(), change.member()), ATTEMPTS);
    }

    /** Again after an unknown outcome: adding or removing twice is the same as once. */
    private CompletionStage<AsyncResultSet> persistently(BoundStatement statement, int attempts) {
        return cluster.writeOnCondition(statement)
                .handle((result, thrown) -> {
                    if (thrown == null) {
                        return CompletableFuture.completedFuture(result);
                    }
                    return attempts > 1 && !CassandraFailures.isHarmless(CassandraFailures.unwrapped(thrown))
                            ? persistently(statement, attempts - 1)
                            : CompletableFuture.<AsyncResultSet>failedFuture(thrown);
                })
                .thenCompose(next -> next);
    }

    private static CompletionStage<List<String>> collect(AsyncResultSet rows, List<String> found) {
        rows.currentPage().forEach(row -> found.add(Objects.requireNonNull(row.getString(0))));
        return rows.hasMorePages()
                ? rows.fetchNextPage().thenCompose(more -> collect(more, found))
                : CompletableFuture.completedFuture(found);
    }

    /** One listing of names on its way through the pages, asking of some at a time whether they still have a member. */
    private final class Listing {
        private final String prefix;
        private final String after;
        private final int limit;
        private final List<String> found = new ArrayList<>();

        Listing(String prefix, String after, int limit) {
            this.prefix = prefix;
            this.after = after;
            this.limit = limit;
        }

        CompletionStage<List<String>> go(AsyncResultSet rows) {
            return next(rows, rows.currentPage().iterator());
        }

        private CompletionStage<List<String>> next(AsyncResultSet rows, Iterator<Row> page) {
            if (found.size() >= limit) {
                return CompletableFuture.completedFuture(found.subList(0, limit));
            }
            List<String> names = new ArrayList<>();
            while (page.hasNext() && names.size() < AT_ONCE) {
                String name = Objects.requireNonNull(page.next().getString(0));
                if (!name.startsWith(prefix)) {
                    return addNonEmpty(names).thenApply(done -> found.subList(0, Math.min(limit, found.size())));
                }
                if (!name.equals(after)) {
                    names.add(name);
                }
            }
            if (!names.isEmpty()) {
                return addNonEmpty(names).thenCompose(done -> next(rows, page));
            }
            return rows.hasMorePages()
                    ? rows.fetchNextPage().thenCompose(this::go)
                    : CompletableFuture.completedFuture(found);
        }

        private CompletionStage<Void> addNonEmpty(List<String> names) {
            List<CompletableFuture<List<String>>> members = names.stream()
                    .map(name -> members(name, "", 1).toCompletableFuture())
                    .toList();
            return CompletableFuture.allOf(members.toArray(CompletableFuture[]::new))
                    .thenAccept(all -> {
                        for (int i = 0; i < names.size(); i++) {
                            if (!members.get(i).join().isEmpty()) {
                                found.add(names.get(i));
                            }
                        }
                    });
        }
    }
}
