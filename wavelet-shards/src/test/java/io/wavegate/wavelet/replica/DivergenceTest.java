package io.wavegate.wavelet.replica;

import static io.wavegate.wavelet.authority.HostFixture.edit;
import static io.wavegate.wavelet.authority.HostFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.wavegate.wavelet.authority.HostFixture;
import io.wavegate.wavelet.model.AppliedDelta;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.HistoryTail;
import io.wavegate.wavelet.model.ReceivedDelta;
import io.wavegate.wavelet.replica.ReplicaEffect.AskEarlier;
import io.wavegate.wavelet.replica.ReplicaEffect.AskHistory;
import io.wavegate.wavelet.replica.ReplicaEffect.CheckBoundary;
import io.wavegate.wavelet.replica.ReplicaEffect.Quarantined;
import io.wavegate.wavelet.replica.ReplicaEffect.Replace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** A host that has another history than its replica: it was restored from an old backup, say, and went on from there. */
class DivergenceTest {
    private HostFixture before;
    private HostFixture host;
    private ReplicaState replica;
    private HistoryTail tail;
    private int questions;

    @Property(tries = 300)
    void theLastCommonBoundaryIsFoundWhereverHistoriesPart(
            @ForAll @IntRange(max = 60) int common,
            @ForAll @IntRange(min = 1, max = 60) int lost,
            @ForAll @IntRange(min = 1, max = 60) int written,
            @ForAll @IntRange(min = 1, max = 7) int page) {
        HashedVersion parting = diverge(common, lost, written);

        List<ReplicaEffect> effects = talk(tell(last(host)), page);

        assertThat(effects).anyMatch(Quarantined.class::isInstance);
        assertThat(effects).last().isInstanceOfSatisfying(Replace.class, replace -> assertThat(replace.common())
                .isEqualTo(parting));
        // Steps back that double, then at most as much forward again, page by page.
        assertThat(questions).isLessThan(9 + 2 * (lost + 2) / page + 2);
        assertThat(replica.wavelet().version()).as("our own stays").isEqualTo(before.head());
    }

    @Property(tries = 100)
    void anyDeltaOfTheOtherHistoryAndAnyCommitNoticeLeadToIt(
            @ForAll @IntRange(max = 20) int common,
            @ForAll @IntRange(min = 1, max = 20) int lost,
            @ForAll @IntRange(min = 1, max = 30) int written,
            @ForAll @IntRange(max = 29) int which,
            @ForAll boolean notice) {
        HashedVersion parting = diverge(common, lost, written);
        AppliedDelta told = host.tail.deltas().get(common + 1 + which % written);
        ReplicaInput input = notice
                ? new ReplicaInput.CommitNotice(told.result())
                : new ReplicaInput.Deltas(List.of(HostFixture.received(told.bytes())));

        Optional<ReplicaEffect> end =
                talk(play(input), 3).stream().filter(Replace.class::isInstance).findFirst();
        assertThat(end).hasValueSatisfying(replace -> assertThat(((Replace) replace).common())
                .isEqualTo(parting));
    }

    @Test
    void aClaimThatTheHostItselfDoesNotKnowIsForgotten() {
        diverge(10, 1, 1);
        ReceivedDelta lie = last(host);
        host = before;

        List<ReplicaEffect> effects = talk(tell(lie), 3);

        assertThat(effects).noneMatch(Replace.class::isInstance);
        assertThat(replica.divergence()).isEmpty();
        assertThat(replica.isBehind()).isFalse();
        assertThat(replica.contradiction()).as("the evidence stays").isPresent();
        assertThat(play(new ReplicaInput.Retry())).isEmpty();
    }

    @Test
    void aHostThatTellsOurOwnHistoryAfterAllEndsTheSearch() {
        diverge(3, 4, 2);
        tell(last(host));

        play(new ReplicaInput.EarlierTold(
                host.head(), received(before.tail.deltas().subList(5, 8)), List.of()));
        AppliedDelta fifth = before.tail.deltas().get(5);
        play(new ReplicaInput.EarlierTold(
                fifth.appliedAt(),
                received(before.tail.deltas().subList(5, 8)),
                before.tail.deltas().subList(5, 8)));

        assertThat(replica.divergence()).isEmpty();
    }

    @Test
    void aBoundaryOlderThanTheTailIsLookedUpOnceAndDecidesWhetherToSearch() {
        diverge(3, 10, 2);
        tail = tail.trim(2, Long.MAX_VALUE);
        ReceivedDelta known = HostFixture.received(before.tail.deltas().get(2).bytes());

        assertThat(tell(known)).containsExactly(new CheckBoundary(known.claimedResult()));
        assertThat(play(new ReplicaInput.BoundaryChecked(known.claimedResult(), true)))
                .isEmpty();
        ReceivedDelta other = last(host);
        assertThat(tell(other)).containsExactly(new CheckBoundary(other.claimedResult()));
        assertThat(play(new ReplicaInput.BoundaryChecked(other.claimedResult(), false)))
                .containsExactly(new AskEarlier(other.appliedAt().version(), other.claimedResult()));
    }

    @Test
    void anUnansweredQuestionIsRepeatedOnlyWhenItIsTime() {
        diverge(5, 3, 1);
        List<ReplicaEffect> first = tell(last(host));
        AskEarlier ask = (AskEarlier) first.get(first.size() - 1);

        assertThat(tell(last(host))).as("one at a time").isEmpty();
        assertThat(play(new ReplicaInput.HistoryFailed(false))).isEmpty();
        assertThat(replica.isBehind()).isTrue();
        assertThat(play(new ReplicaInput.Retry())).containsExactly(ask);
    }

    @Test
    void whileTheOtherHistoryIsFetchedNothingIsAppliedAndTheNewestIsRemembered() {
        HashedVersion parting = diverge(5, 3, 1);
        talk(tell(last(host)), 5);
        host = before;
        before.applied("alice@a.test", before.head(), edit("b+1", text("fits ours")));

        assertThat(tell(last(before))).isEmpty();
        assertThat(replica.wavelet().version()).isNotEqualTo(before.head());
        assertThat(replica.hostHas()).contains(before.head());
        assertThat(play(new ReplicaInput.Retry())).isEmpty();

        assertThat(play(new ReplicaInput.NotReplaced())).isEmpty();
        assertThat(play(new ReplicaInput.Retry()))
                .as("the search goes on where it was, with the latest word")
                .containsExactly(new AskEarlier(parting.version(), before.head()));
    }

    @Test
    void thePoisonOfABoundaryAtTheEndOfNumbersEndsToo() {
        diverge(2, 2, 1);
        HashedVersion end = new HashedVersion(Long.MAX_VALUE, ByteString.EMPTY);

        talk(play(new ReplicaInput.CommitNotice(end)), 1);

        assertThat(replica.isBehind()).isFalse();
    }

    /** Our replica has it all; then the host loses the last {@code lost} deltas and others are written. */
    private HashedVersion diverge(int common, int lost, int written) {
        before = HostFixture.withAliceAndBob();
        replica = ReplicaState.empty(HostFixture.NAME);
        tail = HistoryTail.startingAt(replica.wavelet().version());
        questions = 0;
        write(before, common, "common");
        HostFixture restored = new HostFixture();
        restored.state = before.state;
        restored.tail = before.tail;
        write(before, lost, "lost");
        write(restored, written, "written");
        HashedVersion parting = restored.tail.deltas().get(common).result();
        before.sent().forEach(this::tell);
        assertThat(replica.wavelet().version()).isEqualTo(before.head());
        host = restored;
        return parting;
    }

    private static void write(HostFixture host, int deltas, String text) {
        for (int i = 0; i < deltas; i++) {
            String document = "b+" + text + i;
            if (i % 3 == 0) {
                host.applied("bob@b.test", host.head(), edit(document, text("x")), edit(document + "'", text("y")));
            } else {
                host.applied("alice@a.test", host.head(), edit(document, text(text)));
            }
        }
    }

    /** Answers what is asked as the host would, until nothing is asked. */
    private List<ReplicaEffect> talk(List<ReplicaEffect> first, int page) {
        List<ReplicaEffect> all = new ArrayList<>(first);
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i) instanceof AskHistory ask) {
                all.addAll(play(answer(ask.from(), ask.to(), page)
                        .<ReplicaInput>map(told -> new ReplicaInput.HistoryReply(received(told)))
                        .orElseGet(() -> new ReplicaInput.HistoryFailed(true))));
            } else if (all.get(i) instanceof AskEarlier ask) {
                questions++;
                HashedVersion from = boundary(ask.atOrBelow());
                assertThat(from.version()).isLessThan(ask.to().version());
                all.addAll(play(answer(from, ask.to(), page)
                        .<ReplicaInput>map(
                                told -> new ReplicaInput.EarlierTold(from, received(told), tail.since(from.version())))
                        .orElseGet(() -> new ReplicaInput.EarlierRefused(from))));
            }
        }
        return all;
    }

    private HashedVersion boundary(long atOrBelow) {
        return tail.deltas().stream()
                .map(AppliedDelta::appliedAt)
                .filter(at -> at.version() <= atOrBelow)
                .reduce((a, b) -> b)
                .filter(at -> atOrBelow < tail.head().version())
                .orElse(tail.head());
    }

    private Optional<List<AppliedDelta>> answer(HashedVersion from, HashedVersion to, int page) {
        boolean known = host.tail.boundary(from.version()).equals(Optional.of(from))
                && host.tail.boundary(to.version()).equals(Optional.of(to));
        return known
                ? Optional.of(host.tail.since(from.version()).stream()
                        .filter(delta -> delta.result().version() <= to.version())
                        .limit(page)
                        .toList())
                : Optional.empty();
    }

    private static List<ReceivedDelta> received(List<AppliedDelta> deltas) {
        return deltas.stream().map(delta -> HostFixture.received(delta.bytes())).toList();
    }

    private static ReceivedDelta last(HostFixture host) {
        return HostFixture.received(
                host.tail.endingAt(host.head().version()).orElseThrow().bytes());
    }

    private List<ReplicaEffect> tell(ReceivedDelta... deltas) {
        return play(new ReplicaInput.Deltas(List.of(deltas)));
    }

    private List<ReplicaEffect> play(ReplicaInput input) {
        ReplicaStep.Proceed step =
                (ReplicaStep.Proceed) WaveletReplica.step(replica, tail, input, ReplicaLimits.DEFAULTS);
        replica = step.next();
        tail = tail.appendAll(step.applied());
        return step.effects();
    }
}
