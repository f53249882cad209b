package io.wavegate.wavelet.replica;

import static io.wavegate.wavelet.authority.HostFixture.add;
import static io.wavegate.wavelet.authority.HostFixture.edit;
import static io.wavegate.wavelet.authority.HostFixture.keep;
import static io.wavegate.wavelet.authority.HostFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.wavelet.authority.HostFixture;
import io.wavegate.wavelet.codec.AppliedDeltaCodec;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.HistoryTail;
import io.wavegate.wavelet.model.ReceivedDelta;
import io.wavegate.wavelet.replica.ReplicaEffect.AskHistory;
import io.wavegate.wavelet.replica.ReplicaEffect.Healed;
import io.wavegate.wavelet.replica.ReplicaEffect.Quarantined;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaveletReplicaTest {
    private final HostFixture host = HostFixture.withAliceAndBob();
    private ReplicaState replica = ReplicaState.empty(HostFixture.NAME);
    private HistoryTail tail = HistoryTail.startingAt(replica.wavelet().version());

    WaveletReplicaTest() {
        host.applied("alice@a.test", host.head(), edit("b+1", text("ac")));
        HashedVersion seen = host.head();
        host.applied("alice@a.test", seen, edit("b+1", keep(2), text("d")));
        host.applied("bob@b.test", seen, edit("b+1", keep(1), text("b"), keep(1)));
        host.applied("alice@a.test", host.head(), add("carl@c.test"));
    }

    @Test
    void deltasInOrderMakeTheHostsWaveletByteForByte() {
        host.sent().forEach(delta -> assertThat(tell(delta)).isEmpty());

        assertThat(tail.deltas()).isEqualTo(host.tail.deltas());
        assertThat(replica.wavelet().documents().get("b+1").orElseThrow().text())
                .isEqualTo("abcd");
    }

    @Test
    void deltasInAnyOrderInOneUpdateMakeTheHostsWavelet() {
        List<ReceivedDelta> sent = host.sent();

        assertThat(tell(sent.get(4), sent.get(2), sent.get(0), sent.get(1), sent.get(1), sent.get(3)))
                .isEmpty();
        assertThat(replica.wavelet().version()).isEqualTo(host.head());
    }

    @Test
    void aGapIsAskedForOnceAndTheDeltaBehindItWaits() {
        ReceivedDelta fourth = host.sent().get(3);
        ReceivedDelta fifth = host.sent().get(4);

        assertThat(tell(fourth)).containsExactly(new AskHistory(at(0), fourth.appliedAt()));
        assertThat(tell(fifth)).isEmpty();
        assertThat(replica.awaits(fourth)).isTrue();

        assertThat(play(new ReplicaInput.HistoryReply(host.sent().subList(0, 2))))
                .containsExactly(new AskHistory(host.tail.deltas().get(1).result(), fourth.appliedAt()));
        assertThat(play(new ReplicaInput.HistoryReply(host.sent().subList(2, 3))))
                .isEmpty();
        assertThat(replica.wavelet().version()).isEqualTo(host.head());
        assertThat(replica.awaits(fourth)).isFalse();
    }

    @Test
    void anAnswerThatBringsNothingIsNotAskedForAgainAtOnce() {
        tell(host.sent().get(3));

        assertThat(play(new ReplicaInput.HistoryReply(List.of()))).isEmpty();
        assertThat(play(new ReplicaInput.Retry())).hasSize(1);
        assertThat(play(new ReplicaInput.HistoryFailed(false))).isEmpty();
        assertThat(play(new ReplicaInput.Retry())).hasSize(1);
    }

    @Test
    void whatTheHostRefusesToTellOfIsForgotten() {
        tell(host.sent().get(3));
        play(new ReplicaInput.HistoryFailed(true));

        assertThat(replica.isBehind()).isFalse();
        assertThat(play(new ReplicaInput.Retry())).isEmpty();
    }

    @Test
    void aCommitNoticeAheadOfUsIsAGapToo() {
        assertThat(play(new ReplicaInput.CommitNotice(host.head())))
                .containsExactly(new AskHistory(at(0), host.head()));
        assertThat(play(new ReplicaInput.HistoryReply(host.sent()))).isEmpty();
        assertThat(play(new ReplicaInput.CommitNotice(host.head()))).isEmpty();
    }

    @Test
    void anotherHistorysDeltaIsSetAsideAndTheGoodOneHeals() {
        tell(host.sent().get(0));
        ReceivedDelta lie = tamper(host.sent().get(1));

        List<ReplicaEffect> effects = tell(lie);

        assertThat(effects.get(0)).isInstanceOf(Quarantined.class);
        assertThat(replica.wavelet().version())
                .isEqualTo(host.tail.deltas().get(0).result());
        play(new ReplicaInput.HistoryFailed(true));
        assertThat(tell(host.sent().get(1)).get(0)).isInstanceOf(Healed.class);
        assertThat(replica.contradiction()).isEmpty();
    }

    @Test
    void aWrongOperationCountOrTargetNeverChangesTheState() {
        tell(host.sent().get(0));
        ReceivedDelta good = host.sent().get(1);
        ReceivedDelta wrongCount = HostFixture.received(
                AppliedDeltaCodec.encode(good.signed(), good.appliedAt(), 2, good.timestampMillis()));

        assertThat(tell(wrongCount).get(0)).isInstanceOf(Quarantined.class);
        assertThat(replica.wavelet().version()).isEqualTo(good.appliedAt());
    }

    @Test
    void twoDifferentDeltasForOneVersionAreEvidence() {
        tell(host.sent().get(0), host.sent().get(1));
        ReceivedDelta good = host.sent().get(1);
        ReceivedDelta other = HostFixture.received(
                AppliedDeltaCodec.encode(good.signed(), good.appliedAt(), 1, good.timestampMillis() + 1));

        assertThat(tell(other)).hasSize(2).first().isInstanceOfSatisfying(Quarantined.class, q -> assertThat(
                        q.evidence().ourBytes())
                .contains(good.bytes()));
        assertThat(tell(good)).isEmpty();
    }

    @Test
    void aDeltaThatMakesOurCodeFailIsSetAsideAndTheRestGoesOn() {
        tell(host.sent().get(0));
        ReceivedDelta good = host.sent().get(1);
        // What never comes out of the codec stands for the mistake of ours that nobody has found yet.
        ReceivedDelta poison = new ReceivedDelta(
                good.bytes(),
                null,
                good.original(),
                good.appliedAt(),
                good.operationsApplied(),
                good.timestampMillis());

        assertThat(tell(poison).get(0)).isInstanceOf(Quarantined.class);
        assertThat(replica.contradiction().orElseThrow().text()).contains("NullPointerException", "report");
        assertThat(replica.wavelet().version()).isEqualTo(good.appliedAt());
        play(new ReplicaInput.HistoryFailed(true));
        assertThat(tell(good).get(0)).isInstanceOf(Healed.class);
        host.sent().subList(2, 5).forEach(this::tell);
        assertThat(replica.wavelet().version()).isEqualTo(host.head());
    }

    @Test
    void aDeltaMadeBeforeTheTailNeedsHistory() {
        host.sent().subList(0, 3).forEach(this::tell);
        HistoryTail trimmed = tail.trim(1, Long.MAX_VALUE).trim(0, 0);

        assertThat(WaveletReplica.step(
                        replica,
                        trimmed,
                        new ReplicaInput.Deltas(List.of(host.sent().get(3))),
                        ReplicaLimits.DEFAULTS))
                .isEqualTo(new ReplicaStep.NeedsHistory(3));
    }

    @Test
    void whatWaitsIsBoundedAndComesBackThroughHistory() {
        ReplicaLimits narrow = new ReplicaLimits(1, 1_000_000, 100, 100);
        ReplicaInput two =
                new ReplicaInput.Deltas(List.of(host.sent().get(2), host.sent().get(3)));

        ReplicaStep.Proceed step = (ReplicaStep.Proceed) WaveletReplica.step(replica, tail, two, narrow);

        assertThat(step.next().pending()).hasSize(1);
        assertThat(step.next().hostHas()).contains(host.sent().get(3).claimedResult());
    }

    @Test
    void whatWaitsIsBoundedInBytesToo() {
        long one = host.sent().get(2).bytes().size();
        ReplicaLimits narrow = new ReplicaLimits(100, one + 1, 100, 100);
        ReplicaInput two =
                new ReplicaInput.Deltas(List.of(host.sent().get(2), host.sent().get(3)));

        ReplicaStep.Proceed step = (ReplicaStep.Proceed) WaveletReplica.step(replica, tail, two, narrow);

        assertThat(step.next().pending().values()).containsExactly(host.sent().get(2));
        assertThat(step.next().hostHas()).contains(host.sent().get(3).claimedResult());
    }

    private HashedVersion at(int delta) {
        return host.tail.deltas().get(delta).appliedAt();
    }

    // The right version with another history's hash.
    private static ReceivedDelta tamper(ReceivedDelta delta) {
        HashedVersion wrong = new HashedVersion(
                delta.appliedAt().version(),
                delta.appliedAt()
                        .historyHash()
                        .substring(1)
                        .concat(delta.appliedAt().historyHash().substring(0, 1)));
        return HostFixture.received(AppliedDeltaCodec.encode(delta.signed(), wrong, 1, delta.timestampMillis()));
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
