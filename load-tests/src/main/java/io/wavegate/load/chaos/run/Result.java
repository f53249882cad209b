package io.wavegate.load.chaos.run;

import io.wavegate.load.chaos.load.Judgement;
import io.wavegate.load.chaos.load.Pair;
import io.wavegate.load.chaos.load.Stalls;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What came of a scenario.
 *
 * @param marks how many were typed
 * @param deltasPerSecond acknowledged from shortly before the fault to the end of the load
 * @param verdict what must be 0
 * @param refusals answers that no author should have got
 * @param unfinished what was still open long after the fault
 * @param near stalls of what was typed at the cluster that was hurt
 * @param far stalls of what was typed at the other one
 * @param pairs stalls of each pair
 * @param closes streams that ended, as the other cluster counts them, by who made them and why
 * @param vanished TCP connections of streams that the other cluster had before and not after, by who dialled
 * @param kept those that it still had
 * @param servedAgain from the beginning of the fault until the last mark typed into it that took long was delivered
 * @param servedAfterEnd the same of all marks, from the end of the fault or the start of what had been killed
 * @param endings nodes that ended by themselves and were started again
 * @param others what came of the talk with servers of other makes, for a person
 */
public record Result(
        Scenario scenario,
        long marks,
        double deltasPerSecond,
        Judgement.Verdict verdict,
        List<String> refusals,
        List<String> unfinished,
        Stalls near,
        Stalls far,
        Map<Pair, Stalls> pairs,
        Map<String, Long> closes,
        Map<String, Long> vanished,
        Map<String, Long> kept,
        Duration servedAgain,
        Duration servedAfterEnd,
        int endings,
        List<String> others) {

    /** Whether all that must be 0 is 0, and everything came to an end. */
    public boolean isClean() {
        return verdict.isClean()
                && refusals.isEmpty()
                && unfinished.isEmpty()
                && (scenario.closesAllowed() || vanished.isEmpty());
    }
}
