package io.wavegate.wavelet.authority;

import static io.wavegate.wavelet.authority.HostFixture.add;
import static io.wavegate.wavelet.authority.HostFixture.edit;
import static io.wavegate.wavelet.authority.HostFixture.keep;
import static io.wavegate.wavelet.authority.HostFixture.remove;
import static io.wavegate.wavelet.authority.HostFixture.submission;
import static io.wavegate.wavelet.authority.HostFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.wavegate.wavelet.api.Refusal.Reason;
import io.wavegate.wavelet.model.AppliedDelta;
import io.wavegate.wavelet.model.HashChain;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.HistoryTail;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.model.WaveletOperation.NoOp;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WaveletAuthorityTest {
    private final HostFixture host = HostFixture.withAliceAndBob();

    @Test
    void aDeltaAtHeadAppliesAndExtendsTheHashChain() {
        HashedVersion before = host.head();

        AppliedDelta delta = host.applied("bob@b.test", before, edit("b+1", text("hi")));

        assertThat(delta.result()).isEqualTo(HashChain.next(before, delta.bytes(), 1));
        assertThat(delta.transformed()).isFalse();
        assertThat(host.state.documents().get("b+1").orElseThrow().text()).isEqualTo("hi");
        assertThat(host.state.creator()).contains(new ParticipantId("alice@a.test"));
    }

    @Test
    void aLateDeltaIsTransformedOverTheConcurrentOnes() {
        host.applied("alice@a.test", host.head(), edit("b+1", text("ac")));
        HashedVersion seen = host.head();
        host.applied("alice@a.test", seen, edit("b+1", keep(2), text("d")));

        AppliedDelta late = host.applied("bob@b.test", seen, edit("b+1", keep(1), text("b"), keep(1)));

        assertThat(late.transformed()).isTrue();
        assertThat(host.state.documents().get("b+1").orElseThrow().text()).isEqualTo("abcd");
    }

    @Test
    void theSameDeltaAgainIsAnsweredWithItsFirstResult() {
        HashedVersion seen = host.head();
        AppliedDelta first = host.applied("bob@b.test", seen, edit("b+1", text("x")));
        host.applied("alice@a.test", host.head(), NoOp.INSTANCE);
        HashedVersion head = host.head();

        AuthorityStep again = host.submit("bob@b.test", seen, edit("b+1", text("x")));

        assertThat(again).isEqualTo(new AuthorityStep.Duplicate(WaveletAuthority.resultOf(first)));
        assertThat(host.head()).isEqualTo(head);
    }

    @Test
    void whoRemovedHimselfGetsTheFirstResultAgainAndNothingElse() {
        HashedVersion seen = host.head();
        AppliedDelta leaving = host.applied("bob@b.test", seen, remove("bob@b.test"));

        assertThat(host.submit("bob@b.test", seen, remove("bob@b.test")))
                .isEqualTo(new AuthorityStep.Duplicate(WaveletAuthority.resultOf(leaving)));
        assertThat(reason(host.submit("bob@b.test", host.head(), NoOp.INSTANCE)))
                .isEqualTo(Reason.NO_SUCH_WAVELET);
    }

    @Test
    void whatTheReferenceAnswersWithSilenceIsRefused() {
        HashedVersion ahead = new HashedVersion(99, ByteString.copyFromUtf8("x"));
        HashedVersion insideADelta = new HashedVersion(1, host.head().historyHash());
        HashedVersion otherHistory = HashChain.zero(new WaveletName("a.test", "w+2", "a.test", "conv+root"));

        assertThat(reason(host.submit("bob@b.test", ahead, NoOp.INSTANCE))).isEqualTo(Reason.UNKNOWN_VERSION);
        assertThat(reason(host.submit("bob@b.test", insideADelta, NoOp.INSTANCE)))
                .isEqualTo(Reason.UNKNOWN_VERSION);
        assertThat(reason(host.submit("bob@b.test", otherHistory, NoOp.INSTANCE)))
                .isEqualTo(Reason.HASH_MISMATCH);
    }

    @Test
    void aStrangersDomainCannotTellAWaveletFromNone() {
        AuthorityStep existing = host.submit("eve@e.test", host.head(), NoOp.INSTANCE);
        AuthorityStep none = new HostFixture().submit("eve@e.test", host.head(), NoOp.INSTANCE);

        assertThat(reason(existing)).isEqualTo(Reason.NO_SUCH_WAVELET);
        assertThat(existing).isEqualTo(none);
        assertThat(reason(host.submit("eve@b.test", host.head(), NoOp.INSTANCE)))
                .isEqualTo(Reason.NOT_PARTICIPANT);
        assertThat(reason(host.submit("eve@a.test", host.head(), NoOp.INSTANCE)))
                .isEqualTo(Reason.NOT_PARTICIPANT);
    }

    @Test
    void everyoneOfOurDomainDoesNotAdmitOtherDomains() {
        host.applied("alice@a.test", host.head(), add("@a.test"));

        assertThat(host.submit("zed@a.test", host.head(), NoOp.INSTANCE)).isInstanceOf(AuthorityStep.Applied.class);
        assertThat(reason(host.submit("zed@b.test", host.head(), NoOp.INSTANCE)))
                .isEqualTo(Reason.NOT_PARTICIPANT);
    }

    @Test
    void everyoneOfAnotherDomainIsNobody() {
        host.applied("alice@a.test", host.head(), add("@c.test"));

        assertThat(reason(host.submit("carl@c.test", host.head(), NoOp.INSTANCE)))
                .isEqualTo(Reason.NOT_PARTICIPANT);
    }

    @Test
    void ifOneOperationDoesNotFitNoneIsApplied() {
        HashedVersion before = host.head();

        assertThat(reason(host.submit("bob@b.test", before, edit("b+1", text("x")), add("alice@a.test"))))
                .isEqualTo(Reason.INVALID_OPERATION);
        assertThat(host.head()).isEqualTo(before);
        assertThat(host.state.documents().size()).isZero();
    }

    @Test
    void concurrentRemovalOfTheAuthorRefusesHisDelta() {
        host.applied("alice@a.test", host.head(), add("carl@b.test"));
        HashedVersion seen = host.head();
        host.applied("alice@a.test", seen, remove("bob@b.test"));
        host.applied("alice@a.test", host.head(), add("bob@b.test"));

        assertThat(reason(host.submit("bob@b.test", seen, edit("b+1", text("x")))))
                .isEqualTo(Reason.TRANSFORM_FAILED);
    }

    @Test
    void laterOperationsOfADeltaMeetTheStoredOnesAsTheyStand() {
        host.applied("alice@a.test", host.head(), edit("b+1", text("ab")));
        HashedVersion seen = host.head();
        host.applied("alice@a.test", seen, edit("b+1", keep(2), text("!")));

        // The second operation is made for three items; the stored one is for two (spec 7.2).
        assertThat(reason(host.submit(
                        "bob@b.test", seen, edit("b+1", text("x"), keep(2)), edit("b+1", text("y"), keep(3)))))
                .isEqualTo(Reason.TRANSFORM_FAILED);
    }

    @Test
    void historyBeforeTheTailIsAskedForUnlessTheTargetIsTooFarBack() {
        HashedVersion seen = host.head();
        host.applied("alice@a.test", host.head(), NoOp.INSTANCE);
        HistoryTail all = host.tail;
        Submission late = submission("bob@b.test", seen, NoOp.INSTANCE);

        host.tail = all.trim(0, 0);
        assertThat(host.submit(late)).isEqualTo(new AuthorityStep.NeedsHistory(2));
        host.tail = all;
        assertThat(host.submit(late)).isInstanceOf(AuthorityStep.Applied.class);
    }

    @Test
    void aDeltaIsTooOldAfterMoreDeltasThanTheLimit() {
        HashedVersion seen = host.head();
        for (int i = 0; i < HostFixture.LIMITS.maxLateDeltas() + 1; i++) {
            host.applied("alice@a.test", host.head(), NoOp.INSTANCE);
        }

        assertThat(reason(host.submit("bob@b.test", seen, NoOp.INSTANCE))).isEqualTo(Reason.TOO_OLD);
    }

    @Test
    void toldAreTheDomainsOnTheWaveletAndThoseThatTheDeltaRemoves() {
        host.applied("alice@a.test", host.head(), add("carl@c.test"), add("no valid domain"));
        AppliedDelta delta = host.applied("alice@a.test", host.head(), remove("bob@b.test"));

        assertThat(Recipients.of(delta, host.state.participants(), Set.of("a.test")))
                .containsExactly("b.test", "c.test");
    }

    @Test
    void timeThatGoesBackwardsIsHeldAtTheLastDeltas() {
        AuthorityStep step = WaveletAuthority.submit(
                host.state, host.tail, submission("bob@b.test", host.head(), NoOp.INSTANCE), HostFixture.LIMITS, 5);

        assertThat(((AuthorityStep.Applied) step).delta().timestampMillis())
                .isEqualTo(host.state.lastModifiedTimeMillis());
    }

    private static Reason reason(AuthorityStep step) {
        return ((AuthorityStep.Refused) step).refusal().reason();
    }
}
