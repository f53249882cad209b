package io.wavegate.load.report;

import java.util.List;

/** What Wavegate aims at, as ratios to what the others did in the same run. */
final class RelayAims {
    private static final String OWN = "Wavegate";

    private RelayAims() {}

    static void compare(List<RelayRun> runs, Findings findings) {
        for (RelayRun own : of(OWN, runs)) {
            for (RelayRun other : of("ejabberd", runs)) {
                findings.add(Figure.of(
                        "CPU per stanza, Wavegate to ejabberd",
                        own.cpuMicros() / other.cpuMicros(),
                        "aim: at most 0.2"));
            }
            for (RelayRun other : of("Prosody", runs)) {
                findings.add(Figure.of(
                        "resident memory per idle domain, Wavegate to Prosody",
                        own.residentEach() / other.residentEach(),
                        "aim: at most 0.5"));
            }
        }
    }

    private static List<RelayRun> of(String name, List<RelayRun> runs) {
        return runs.stream().filter(run -> run.name().equals(name)).toList();
    }
}
