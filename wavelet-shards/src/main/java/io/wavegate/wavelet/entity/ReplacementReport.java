package io.wavegate.wavelet.entity;

import io.wavegate.wavelet.entity.ReplacementAttempt.Outcome;
import io.wavegate.wavelet.model.Generations;
import io.wavegate.wavelet.model.WaveletName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;

/** What the operator is told when a replica's history is replaced, or is not. */
final class ReplacementReport {
    private final Logger log;
    private final WaveletName wavelet;
    private final String host;

    ReplacementReport(Logger log, WaveletName wavelet) {
        this.log = log;
        this.wavelet = wavelet;
        this.host = wavelet.waveletDomain();
    }

    void replaced(Generations.Candidate by, long formerHead, Outcome.Complete complete, Generations now) {
        List<String> kept = now.replaced().stream()
                .map(former -> former.generation() + " (versions " + former.commonVersion() + " to "
                        + former.headVersion() + ")")
                .toList();
        log.error(
                "{} has replaced the history of its wavelet {} from version {} on, so our copy follows it: ours ended at"
                        + " version {}, the new one ends at {} so far. {} deltas of our users stood in what was replaced and"
                        + " count no more unless the new history has them; programs that follow the wavelet are told to"
                        + " read it again. Ask the operator of {} whether a backup was restored; if not, suspect that"
                        + " host. Former generations kept in the store: {}.",
                host,
                wavelet,
                by.common().version(),
                formerHead,
                complete.head().version(),
                complete.ownDeltas(),
                host,
                kept.isEmpty() ? "none" : kept);
    }

    void abandoned(Outcome outcome) {
        String why = outcome instanceof Outcome.Misfit misfit
                ? misfit.why()
                : "the host does not know any more what it told";
        log.error(
                "{} told another history of its wavelet {} than our copy has, and it cannot be had: {}. Our copy stays as it"
                        + " was and is served; the host is asked again. If this repeats, ask the operator of {} what"
                        + " became of the wavelet.",
                host,
                wavelet,
                why,
                host);
    }

    void interrupted(String cause) {
        log.warn(
                "The other history of wavelet {} could not be fetched further now; it is tried again. Cause: {}",
                wavelet,
                cause);
    }

    void waits(long untilMillis, Duration pause) {
        log.warn(
                "{} has another history of its wavelet {} once more. Our copy stays as it is until {}, as a history is not"
                        + " replaced more often than once in {} (wavegate.wavelets.replica.replace-pause). Ask its operator"
                        + " what is going on.",
                host,
                wavelet,
                Instant.ofEpochMilli(untilMillis),
                pause);
    }
}
