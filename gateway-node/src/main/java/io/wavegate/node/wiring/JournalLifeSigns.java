package io.wavegate.node.wiring;

import com.google.protobuf.ByteString;
import io.wavegate.cluster.presence.LifeSigns;
import io.wavegate.cluster.presence.Sign;
import io.wavegate.cluster.settings.ClusterSettings;
import io.wavegate.persistence.journal.Append;
import io.wavegate.persistence.journal.AppendResult;
import io.wavegate.persistence.journal.Journal;
import io.wavegate.persistence.journal.StoredEvent;
import io.wavegate.persistence.journal.StreamId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * Signs of life in the journal: each claim is an event, appended on condition, so that of two claims one is fenced; beats,
 * which are many, are hints beside them. A hint may be lost or hidden by a clock that was wrong; then its holder seems
 * silent and another member claims, whose hint is another one.
 */
final class JournalLifeSigns implements LifeSigns {
    static final StreamId STREAM = new StreamId("cluster", ClusterSettings.SYSTEM_NAME);

    private static final String MANIFEST = "presence-1";

    /** So many claims later a hint is written over. */
    private static final int SLOTS = 64;

    private static final String BETWEEN = "\n";

    private final Journal journal;

    JournalLifeSigns(Journal journal) {
        this.journal = journal;
    }

    @Override
    public CompletionStage<Sign> look() {
        return journal.last(STREAM, Long.MAX_VALUE).thenCombine(journal.hints(STREAM), JournalLifeSigns::sign);
    }

    private static Sign sign(Optional<StoredEvent> last, Map<String, ByteString> hints) {
        if (last.isEmpty()) {
            return Sign.NONE;
        }
        long position = last.get().position() + 1;
        List<String> claim = fields(last.get().payload());
        ByteString hint = hints.getOrDefault(slot(position), ByteString.EMPTY);
        List<String> beat = fields(hint);
        return beat.get(0).equals(Long.toString(position))
                ? new Sign(position, claim.get(0), Long.parseLong(beat.get(1)), nodes(beat, 2))
                : new Sign(position, claim.get(0), 0, nodes(claim, 1));
    }

    @Override
    public CompletionStage<Boolean> claim(long position, String holder, Set<String> nodes) {
        StoredEvent event = new StoredEvent(position, MANIFEST, text(List.of(holder), nodes));
        return journal.append(new Append(STREAM, position, List.of(event), position + 1, List.of()))
                .thenApply(AppendResult.Stored.class::isInstance);
    }

    @Override
    public CompletionStage<Void> beat(long position, long beat, Set<String> nodes) {
        return journal.putHint(
                STREAM, slot(position), text(List.of(Long.toString(position), Long.toString(beat)), nodes));
    }

    private static String slot(long position) {
        return "beat-" + position % SLOTS;
    }

    private static ByteString text(List<String> fields, Set<String> nodes) {
        String all = nodes.stream().sorted().collect(Collectors.joining(BETWEEN));
        return ByteString.copyFromUtf8(String.join(BETWEEN, fields) + BETWEEN + all);
    }

    private static List<String> fields(ByteString text) {
        return Arrays.asList(text.toStringUtf8().split(BETWEEN, -1));
    }

    private static Set<String> nodes(List<String> fields, int from) {
        return fields.subList(from, fields.size()).stream()
                .filter(node -> !node.isEmpty())
                .collect(Collectors.toSet());
    }
}
