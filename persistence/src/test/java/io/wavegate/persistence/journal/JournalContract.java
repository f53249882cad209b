package io.wavegate.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every store promises. Streams and sets get names of their own in each test, so a store may be shared. */
public abstract class JournalContract {
    private final String unique = Long.toHexString(ThreadLocalRandom.current().nextLong());
    private final StreamId stream = new StreamId("hosted", "example.com/w+" + unique);

    /** The store under test, open. */
    protected abstract Journal journal();

    /** A store that nobody else uses; the test closes it. */
    protected abstract Journal anotherJournal() throws Exception;

    @Test
    void aStreamWithoutEventsHasHeadZeroAndNothingToRead() {
        assertThat(get(journal().head(stream))).isZero();
        assertThat(get(journal().read(stream, 0, Long.MAX_VALUE, 1000))).isEqualTo(new EventPage(List.of(), false));
        assertThat(get(journal().last(stream, Long.MAX_VALUE))).isEmpty();
    }

    @Test
    void eventsAreReadInOrderExactlyAsTheyWereWritten() {
        List<StoredEvent> first = List.of(event(0, "a"), event(3, "b"));
        List<StoredEvent> second = List.of(event(7, "c"));
        append(stream, 0, 5, first);
        append(stream, 5, 8, second);

        List<StoredEvent> all =
                get(journal().read(stream, 0, Long.MAX_VALUE, 1000)).events();

        assertThat(all).containsExactly(first.get(0), first.get(1), second.get(0));
        assertThat(get(journal().head(stream))).isEqualTo(8);
    }

    @Test
    void anAppendAtAnotherHeadIsFencedAndWritesNothing() {
        append(stream, 0, 4, List.of(event(0, "a")));
        String set = "set-" + unique;

        AppendResult result = get(journal()
                .append(new Append(
                        stream, 2, List.of(event(2, "stale")), 3, List.of(SetChange.add(set, "fenced-in-one-step")))));

        assertThat(result).isEqualTo(new AppendResult.Fenced(4));
        assertThat(get(journal().read(stream, 0, Long.MAX_VALUE, 1000)).events())
                .containsExactly(event(0, "a"));
        assertThat(get(journal().head(stream))).isEqualTo(4);
    }

    @Test
    void anAppendAheadOfTheHeadIsFenced() {
        assertThat(get(journal().append(new Append(stream, 9, List.of(event(9, "x")), 10, List.of()))))
                .isEqualTo(new AppendResult.Fenced(0));
    }

    @Test
    void theSameAppendTwiceIsStoredOnce() {
        Append append = new Append(stream, 0, List.of(event(0, "a")), 1, List.of());

        assertThat(get(journal().append(append))).isEqualTo(new AppendResult.Stored());
        assertThat(get(journal().append(append))).isEqualTo(new AppendResult.Fenced(1));
    }

    @Test
    void ofTwoWritersThatRaceExactlyOneWinsEachRound() {
        long head = 0;
        for (int round = 0; round < 20; round++) {
            long expected = head;
            List<AppendResult> results = IntStream.range(0, 4)
                    .parallel()
                    .mapToObj(writer -> get(journal()
                            .append(new Append(
                                    stream,
                                    expected,
                                    List.of(event(expected, "w" + writer)),
                                    expected + 1,
                                    List.of()))))
                    .toList();
            assertThat(results)
                    .filteredOn(AppendResult.Stored.class::isInstance)
                    .hasSize(1);
            assertThat(results)
                    .filteredOn(AppendResult.Fenced.class::isInstance)
                    .containsOnly(new AppendResult.Fenced(expected + 1));
            head++;
        }
        assertThat(get(journal().read(stream, 0, Long.MAX_VALUE, Long.MAX_VALUE))
                        .events())
                .hasSize(20);
    }

    @Test
    void aPageEndsWithTheEventThatReachesTheByteBound() {
        append(
                stream,
                0,
                10,
                LongStream.range(0, 10).mapToObj(i -> event(i, "12345")).toList());

        EventPage page = get(journal().read(stream, 2, 9, 11));

        assertThat(page.events()).extracting(StoredEvent::position).containsExactly(2L, 3L, 4L);
        assertThat(page.more()).isTrue();
        EventPage rest = get(journal().read(stream, 5, 9, 20));
        assertThat(rest.events()).extracting(StoredEvent::position).containsExactly(5L, 6L, 7L, 8L);
        assertThat(rest.more()).isFalse();
    }

    @Test
    void aPageHasAnEventEvenIfTheBoundIsSmallerThanIt() {
        append(stream, 0, 2, List.of(event(0, "12345"), event(1, "6")));

        assertThat(get(journal().read(stream, 0, 2, 0))).isEqualTo(new EventPage(List.of(event(0, "12345")), true));
    }

    @Test
    void anEmptyOrBackwardRangeHasNoEvents() {
        append(stream, 0, 2, List.of(event(0, "a"), event(1, "b")));

        assertThat(get(journal().read(stream, 1, 1, 10))).isEqualTo(new EventPage(List.of(), false));
        assertThat(get(journal().read(stream, 2, 0, 10))).isEqualTo(new EventPage(List.of(), false));
        assertThat(get(journal().read(stream, 2, 50, 10))).isEqualTo(new EventPage(List.of(), false));
    }

    @Test
    void lastFindsTheNearestEventBelow() {
        append(stream, 0, 9, List.of(event(0, "a"), event(5, "b")));

        assertThat(get(journal().last(stream, Long.MAX_VALUE))).contains(event(5, "b"));
        assertThat(get(journal().last(stream, 5))).contains(event(0, "a"));
        assertThat(get(journal().last(stream, 0))).isEmpty();
    }

    @Test
    void streamsWhoseNamesBeginAlikeAreApart() {
        StreamId longer = new StreamId(stream.kind(), stream.key() + "x");
        StreamId otherKind = new StreamId("replica", stream.key());
        append(stream, 0, 1, List.of(event(0, "short")));
        append(longer, 0, 2, List.of(event(1, "long")));
        append(otherKind, 0, 3, List.of(event(2, "kind")));

        assertThat(get(journal().read(stream, 0, Long.MAX_VALUE, 99)).events()).containsExactly(event(0, "short"));
        assertThat(get(journal().read(longer, 0, Long.MAX_VALUE, 99)).events()).containsExactly(event(1, "long"));
        assertThat(get(journal().last(otherKind, Long.MAX_VALUE))).contains(event(2, "kind"));
        assertThat(get(journal().last(longer, 1))).isEmpty();
    }

    @Test
    void anEventOfSeveralMegabytesComesBackWhole() {
        byte[] bytes = new byte[4 << 20];
        new Random(7).nextBytes(bytes);
        StoredEvent big = new StoredEvent(0, "big-1", ByteString.copyFrom(bytes));
        append(stream, 0, 1, List.of(big));

        assertThat(get(journal().read(stream, 0, 1, 1)).events()).containsExactly(big);
    }

    @Test
    void aLongHistoryIsPagedWithoutGapOrRepeat() {
        long total = 3000;
        for (long at = 0; at < total; at += 500) {
            append(
                    stream,
                    at,
                    at + 500,
                    LongStream.range(at, at + 500)
                            .mapToObj(i -> event(i, "e" + i))
                            .toList());
        }
        List<Long> seen = new ArrayList<>();
        EventPage page;
        long from = 0;
        do {
            page = get(journal().read(stream, from, total, 1000));
            page.events().forEach(event -> seen.add(event.position()));
            from = seen.get(seen.size() - 1) + 1;
        } while (page.more());

        assertThat(seen)
                .containsExactlyElementsOf(LongStream.range(0, total).boxed().toList());
    }

    @Test
    void theNewestSnapshotReplacesTheOlder() {
        assertThat(get(journal().snapshot(stream))).isEmpty();
        StoredSnapshot older = new StoredSnapshot(1, "wavelet-1", ByteString.copyFromUtf8("older".repeat(1_000_000)));
        StoredSnapshot newer = new StoredSnapshot(2, "wavelet-1", ByteString.copyFromUtf8("newer"));

        get(journal().saveSnapshot(stream, older));
        assertThat(get(journal().snapshot(stream))).contains(older);
        get(journal().saveSnapshot(stream, newer));
        assertThat(get(journal().snapshot(stream))).contains(newer);
    }

    @Test
    void theLastWriteOfAHintWins() {
        assertThat(get(journal().hints(stream))).isEmpty();
        get(journal().putHint(stream, "acked/a.example", ByteString.copyFromUtf8("1")));
        get(journal().putHint(stream, "acked/b.example", ByteString.copyFromUtf8("2")));
        get(journal().putHint(stream, "acked/a.example", ByteString.copyFromUtf8("3")));

        assertThat(get(journal().hints(stream)))
                .containsOnly(
                        java.util.Map.entry("acked/a.example", ByteString.copyFromUtf8("3")),
                        java.util.Map.entry("acked/b.example", ByteString.copyFromUtf8("2")));
    }

    @Test
    void aForgottenStreamIsGoneAndItsNeighboursAreNot() {
        StreamId longer = new StreamId(stream.kind(), stream.key() + "0");
        StreamId otherKind = new StreamId(stream.kind() + "-1", stream.key());
        List<StreamId> all = List.of(stream, longer, otherKind);
        for (StreamId one : all) {
            append(one, 0, 4, List.of(event(0, "a"), event(2, "b")));
            append(one, 4, 250_001, List.of(event(4, "c"), event(250_000, "far")));
            append(one, 250_001, 250_002, List.of(event(250_001, "farther")));
            get(journal().saveSnapshot(one, new StoredSnapshot(4, "m", ByteString.copyFromUtf8("s"))));
            get(journal().putHint(one, "hint", ByteString.copyFromUtf8("h")));
        }

        get(journal().forget(stream));
        get(journal().forget(stream));

        assertThat(get(journal().head(stream))).isZero();
        assertThat(get(journal().read(stream, 0, Long.MAX_VALUE, 1000)).events())
                .isEmpty();
        assertThat(get(journal().last(stream, Long.MAX_VALUE))).isEmpty();
        assertThat(get(journal().snapshot(stream))).isEmpty();
        for (StreamId one : List.of(longer, otherKind)) {
            assertThat(get(journal().head(one))).isEqualTo(250_002);
            assertThat(get(journal().read(one, 0, Long.MAX_VALUE, 1000)).events())
                    .hasSize(5);
            assertThat(get(journal().snapshot(one))).isPresent();
            assertThat(get(journal().hints(one))).containsKey("hint");
        }
    }

    @Test
    void setsChangeTogetherWithAnAppend() {
        String set = "user/" + unique;
        get(journal().changeSets(List.of(SetChange.add(set, "old"))));

        get(journal()
                .append(new Append(
                        stream,
                        0,
                        List.of(event(0, "a")),
                        1,
                        List.of(SetChange.add(set, "new"), SetChange.remove(set, "old")))));

        assertThat(get(journal().members(set, "", 10))).containsExactly("new");
    }

    @Test
    void setChangesAreIdempotentAndTheLastOfOneListWins() {
        String set = "user/" + unique;
        get(journal()
                .changeSets(List.of(
                        SetChange.add(set, "a"),
                        SetChange.add(set, "a"),
                        SetChange.remove(set, "never there"),
                        SetChange.add(set, "b"),
                        SetChange.remove(set, "b"),
                        SetChange.remove(set, "c"),
                        SetChange.add(set, "c"))));

        assertThat(get(journal().members(set, "", 10))).containsExactly("a", "c");
    }

    @Test
    void membersArePagedInOrderOfTheirUtf8Bytes() {
        String set = "user/" + unique;
        // U+1F30A is above U+FF5E in UTF-8, and below it in UTF-16.
        List<String> ordered = List.of("a", "b", "é", "～", "🌊");
        List<String> shuffled = new ArrayList<>(ordered);
        Collections.reverse(shuffled);
        get(journal()
                .changeSets(shuffled.stream().map(m -> SetChange.add(set, m)).toList()));

        assertThat(get(journal().members(set, "", 99))).isEqualTo(ordered);
        assertThat(get(journal().members(set, "", 2))).isEqualTo(ordered.subList(0, 2));
        assertThat(get(journal().members(set, "b", 2))).isEqualTo(ordered.subList(2, 4));
        assertThat(get(journal().members(set, "bb", 99))).isEqualTo(ordered.subList(2, 5));
        assertThat(get(journal().members(set, "🌊", 99))).isEmpty();
    }

    @Test
    void nonEmptySetsAreListedByPrefix() {
        String prefix = "behind/" + unique + "/";
        for (String name : List.of("c", "a", "b", "ab", "gone")) {
            get(journal().changeSets(List.of(SetChange.add(prefix + name, "x"), SetChange.add(prefix + name, "y"))));
        }
        get(journal()
                .changeSets(List.of(SetChange.remove(prefix + "gone", "x"), SetChange.remove(prefix + "gone", "y"))));

        assertThat(get(journal().sets(prefix, "", 99)))
                .containsExactly(prefix + "a", prefix + "ab", prefix + "b", prefix + "c");
        assertThat(get(journal().sets(prefix, prefix + "a", 2))).containsExactly(prefix + "ab", prefix + "b");
        assertThat(get(journal().sets(prefix, prefix + "c", 2))).isEmpty();
        assertThat(get(journal().sets(prefix + "a", "", 99))).containsExactly(prefix + "a", prefix + "ab");
    }

    @Test
    void manyStreamsAppendAtTheSameTimeAndLoseNothing() {
        int streams = 16;
        long events = 25;
        List<CompletableFuture<Long>> owners = IntStream.range(0, streams)
                .mapToObj(i -> ownerAppending(new StreamId("load", unique + "-" + i), 0, events))
                .toList();

        assertThat(owners).allSatisfy(owner -> assertThat(get(owner)).isEqualTo(events));
        for (int i = 0; i < streams; i++) {
            assertThat(get(journal().read(new StreamId("load", unique + "-" + i), 0, events, Long.MAX_VALUE))
                            .events())
                    .extracting(StoredEvent::position)
                    .containsExactlyElementsOf(
                            LongStream.range(0, events).boxed().toList());
        }
    }

    @Test
    void aClosedStoreSaysSoAndWritesNothing() throws Exception {
        Journal closing = anotherJournal();
        CompletionStage<AppendResult> underWay =
                closing.append(new Append(stream, 0, List.of(event(0, "a")), 1, List.of()));
        closing.close();
        closing.close();

        assertThat(get(underWay)).isEqualTo(new AppendResult.Stored());
        assertThatThrownBy(() -> closing.append(new Append(stream, 1, List.of(event(1, "b")), 2, List.of()))
                        .toCompletableFuture()
                        .get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        StoreUnavailableException.class,
                        unavailable -> assertThat(unavailable.nothingWritten()).isTrue());
        assertThatThrownBy(() -> closing.head(stream).toCompletableFuture().get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(StoreUnavailableException.class);
    }

    /** Appends one event after the other, each when the one before is stored. */
    private CompletableFuture<Long> ownerAppending(StreamId id, long at, long until) {
        if (at == until) {
            return CompletableFuture.completedFuture(at);
        }
        return journal()
                .append(new Append(id, at, List.of(event(at, "e" + at)), at + 1, List.of()))
                .thenCompose(result -> {
                    assertThat(result).isEqualTo(new AppendResult.Stored());
                    return ownerAppending(id, at + 1, until);
                })
                .toCompletableFuture();
    }

    private void append(StreamId id, long expectedHead, long newHead, List<StoredEvent> events) {
        assertThat(get(journal().append(new Append(id, expectedHead, events, newHead, List.of()))))
                .isEqualTo(new AppendResult.Stored());
    }

    protected static StoredEvent event(long position, String text) {
        return new StoredEvent(position, "delta-1", ByteString.copyFromUtf8(text));
    }

    protected static <T> T get(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("the store did not answer", e);
        }
    }
}
