package io.wavegate.cluster.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.cluster.presence.Witness.Duty;
import io.wavegate.cluster.settings.PresenceTimes;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Looks once a second; takes over after 10 s, founds after 45, ends after 60. */
class WitnessTest {
    private static final PresenceTimes TIMES = new PresenceTimes(
            Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofSeconds(45), Duration.ofSeconds(60));
    private static final String SELF = "a#1";
    private static final Membership OLDEST = new Membership(Set.of(SELF, "b#1"), Set.of("a:1", "b:1"), true);
    private static final Membership YOUNGER = new Membership(Set.of(SELF, "b#1"), Set.of("a:1", "b:1"), false);

    private final Witness witness = new Witness(SELF, TIMES);
    private long second;

    @Test
    void aFreeSignIsClaimedAndTheHolderBeats() {
        assertThat(seen(Sign.NONE, YOUNGER)).isEqualTo(Duty.CLAIM);
        assertThat(seen(sign(1, SELF, 0), YOUNGER)).isEqualTo(Duty.BEAT);
    }

    @Test
    void whatAMemberHoldsIsLeftToItUntilItIsSilentAndThenTheOldestTakesOver() {
        assertThat(lookFor(10, OLDEST, "b#1", false)).isEqualTo(Duty.NOTHING);
        assertThat(seen(sign(1, "b#1", 0), OLDEST)).isEqualTo(Duty.CLAIM);
    }

    @Test
    void theOthersTakeOverLaterBecauseTheOldestMayHaveNoStore() {
        assertThat(lookFor(20, YOUNGER, "b#1", false)).isEqualTo(Duty.NOTHING);
        assertThat(seen(sign(1, "b#1", 0), YOUNGER)).isEqualTo(Duty.CLAIM);
    }

    @Test
    void whoHasNotLookedHasSeenNoSilence() {
        assertThat(lookFor(9, OLDEST, "b#1", false)).isEqualTo(Duty.NOTHING);
        second += 100;
        assertThat(lookFor(10, OLDEST, "b#1", false)).isEqualTo(Duty.NOTHING);
    }

    @Test
    void anotherClusterThatGoesOnLivingEndsThisOne() {
        assertThat(lookFor(60, OLDEST, "c#1", true)).isEqualTo(Duty.NOTHING);
        assertThat(witness.isInDoubt()).isTrue();
        assertThat(seen(sign(1, "c#1", second), OLDEST)).isEqualTo(Duty.END);
    }

    @Test
    void aHolderThatWasTakenForDeadHasTimeToFindOut() {
        assertThat(lookFor(30, OLDEST, "c#1", true)).isEqualTo(Duty.NOTHING);
        Sign last = sign(1, "c#1", second);
        for (int i = 0; i < 10; i++) {
            assertThat(seen(last, OLDEST)).isEqualTo(Duty.NOTHING);
        }
        assertThat(seen(last, OLDEST)).isEqualTo(Duty.CLAIM);
        assertThat(witness.isInDoubt()).isFalse();
    }

    @Test
    void theDoubtBeginsAnewWhenNobodyLookedOrTheSignIsOursAgain() {
        lookFor(50, OLDEST, "c#1", true);
        second += 100;
        assertThat(lookFor(60, OLDEST, "c#1", true)).isEqualTo(Duty.NOTHING);
        seen(sign(2, "b#1", 0), OLDEST);
        assertThat(lookFor(60, OLDEST, "c#1", true)).isEqualTo(Duty.NOTHING);
    }

    @Test
    void aClusterIsFormedOnlyWhereNoneCanLive() {
        Sign living = new Sign(1, "b#1", 0, Set.of("a:1", "b:1"));
        assertThat(Founding.isAllowed(watched(Sign.NONE, 0), "a:1", TIMES)).isTrue();
        assertThat(Founding.isAllowed(watched(new Sign(2, "", 0, Set.of()), 0), "a:1", TIMES))
                .isTrue();
        assertThat(Founding.isAllowed(watched(new Sign(1, "a#0", 7, Set.of("a:1")), 0), "a:1", TIMES))
                .as("a former life of this node, and nobody else")
                .isTrue();
        assertThat(Founding.isAllowed(watched(living, 44), "a:1", TIMES)).isFalse();
        assertThat(Founding.isAllowed(watched(living, 45), "a:1", TIMES)).isTrue();
    }

    private static Watch watched(Sign sign, long seconds) {
        Optional<Watch> watch = Optional.empty();
        for (long at = 0; at <= seconds; at++) {
            watch = Optional.of(Watch.on(watch, sign, Duration.ofSeconds(at).toNanos(), TIMES.takeOver()));
        }
        return watch.orElseThrow();
    }

    private Duty lookFor(int seconds, Membership own, String holder, boolean moving) {
        Duty duty = Duty.NOTHING;
        for (int i = 0; i < seconds; i++) {
            duty = seen(sign(1, holder, moving ? second : 0), own);
        }
        return duty;
    }

    private Duty seen(Sign sign, Membership own) {
        return witness.seen(sign, own, Duration.ofSeconds(second++).toNanos());
    }

    private static Sign sign(long position, String holder, long beat) {
        return new Sign(position, holder, beat, Set.of());
    }
}
