package io.wavegate.wavelet.entity;

import static io.wavegate.wavelet.authority.HostFixture.add;
import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.wavelet.api.Refusal.Reason;
import io.wavegate.wavelet.api.SubmitResult;
import io.wavegate.wavelet.authority.AuthorityLimits;
import io.wavegate.wavelet.authority.HostFixture;
import io.wavegate.wavelet.authority.Origin;
import io.wavegate.wavelet.authority.Submission;
import io.wavegate.wavelet.entity.BatchDecider.Decided;
import io.wavegate.wavelet.entity.WaveletCommand.Submit;
import io.wavegate.wavelet.model.HashedVersion;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;

class BatchDeciderTest {
    private final HostFixture host = HostFixture.withAliceAndBob();

    @Test
    void aDeltaThatMakesOurCodeFailIsRefusedAndTheOthersOfItsBatchAreDecided() {
        HashedVersion head = host.head();
        Submission good = HostFixture.submission("alice@a.test", head, add("carl@a.test"));
        // What never comes out of the codec stands for the mistake of ours that nobody has found yet.
        Submission poison = new Submission(null, good.delta(), Origin.Local.INSTANCE);
        Submission later = HostFixture.submission("alice@a.test", head, add("dora@a.test"));

        Decided decided = BatchDecider.decide(
                host.state,
                host.tail,
                List.of(submit(poison), submit(good), submit(later)),
                AuthorityLimits.DEFAULTS,
                1_000);

        assertThat(decided.deltas()).hasSize(2);
        assertThat(decided.answers().get(0).result())
                .isInstanceOfSatisfying(
                        SubmitResult.Refused.class,
                        refused -> assertThat(refused.refusal().reason()).isEqualTo(Reason.INVALID_OPERATION));
        assertThat(decided.answers().subList(1, 3))
                .allMatch(answered -> answered.result() instanceof SubmitResult.Applied);
    }

    private static Submit submit(Submission submission) {
        return new Submit(submission, TestInbox.<WaveletReply>create().getRef());
    }
}
