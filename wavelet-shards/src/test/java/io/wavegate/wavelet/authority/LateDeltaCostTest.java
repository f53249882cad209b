package io.wavegate.wavelet.authority;

import static io.wavegate.wavelet.authority.HostFixture.edit;
import static io.wavegate.wavelet.authority.HostFixture.keep;
import static io.wavegate.wavelet.authority.HostFixture.submission;
import static io.wavegate.wavelet.authority.HostFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.wavegate.wavelet.codec.CodecLimits;
import io.wavegate.wavelet.model.HashedVersion;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** What a thousand deltas cost that were all made for one old version: counted, not timed. */
class LateDeltaCostTest {
    private static final int DELTAS = 1_000;

    /** Components of a late delta and of one of the history, when they meet: retain, characters and retain each. */
    private static final int WORK_OF_A_PAIR = 6;

    /** Objects of one transformation, with room; lists, records and what the composed operation is made of. */
    private static final long BYTES_OF_A_PAIR = 8 << 10;

    private final HostFixture host = HostFixture.withAliceAndBob();

    private AuthorityStep submit(Submission submission, long maxWork) {
        AuthorityLimits limits = new AuthorityLimits(CodecLimits.DEFAULTS, DELTAS, DELTAS, maxWork);
        AuthorityStep step = WaveletAuthority.submit(host.state, host.tail, submission, limits, 1);
        if (step instanceof AuthorityStep.Applied applied) {
            host.state = applied.next();
            host.tail = host.tail.append(applied.delta());
        }
        return step;
    }

    @Test
    void eachIsTransformedOncePerConcurrentDeltaWhateverTheDocumentHoldsAndTheHistoryWas() {
        for (int i = 0; i < DELTAS; i++) {
            host.applied("alice@a.test", host.head(), edit("b+" + i, text("another document")));
        }
        host.applied("alice@a.test", host.head(), edit("b+x", text("x".repeat(9_000))));
        HashedVersion old = host.head();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < DELTAS; i++) {
            Submission late = submission("bob@b.test", old, edit("b+x", keep(4_000), text("[" + i + "]"), keep(5_000)));
            if (i % 100 == 99) {
                assertThat(submit(late, (long) i * (WORK_OF_A_PAIR - 1)))
                        .as("less is not enough, so it is what is counted")
                        .isInstanceOf(AuthorityStep.Refused.class);
            }
            assertThat(submit(late, Math.max(1, (long) i * WORK_OF_A_PAIR))).isInstanceOf(AuthorityStep.Applied.class);
        }
        long pairs = (long) DELTAS * (DELTAS - 1);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(pairs * BYTES_OF_A_PAIR);
        assertThat(host.state.documents().get("b+x").orElseThrow().text())
                .contains("[0]", "[999]")
                .hasSize(9_000 + 10 * 3 + 90 * 4 + 900 * 5);
    }
}
