package io.wavegate.load.report;

import io.wavegate.load.bench.DocumentLengthBench;
import io.wavegate.load.bench.LatenessBench;
import io.wavegate.load.bench.TransformPairsBench;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The JMH benchmarks: transform pairs, rate against document length and against lateness. */
final class Curves implements Measurement {
    @Override
    public String key() {
        return "curves";
    }

    @Override
    public String title() {
        return "Operations in memory";
    }

    @Override
    public String about(Effort effort) {
        return "JMH, one thread, one fork. transformPair: the random pairs of the reference's vectors. "
                + "insertOneCharacter: the authority's whole decision, without signing, on documents of so many "
                + "characters. insertLate: the same on a delta that is so many deltas late.";
    }

    @Override
    public Duration expected(Effort effort) {
        return Duration.ofSeconds(effort.seconds() * 36L);
    }

    @Override
    public void measure(Effort effort, Findings findings) throws RunnerException {
        TimeValue time = TimeValue.seconds(Math.max(1, effort.seconds() / 2));
        for (Class<?> bench : List.of(TransformPairsBench.class, DocumentLengthBench.class, LatenessBench.class)) {
            for (RunResult result : new Runner(new OptionsBuilder()
                            .include(bench.getName())
                            .warmupTime(time)
                            .measurementTime(time)
                            .verbosity(VerboseMode.SILENT)
                            .build())
                    .run()) {
                findings.add(figure(result));
            }
        }
    }

    private static Figure figure(RunResult result) {
        String parameters = result.getParams().getParamsKeys().stream()
                .map(key -> key + " " + result.getParams().getParam(key))
                .collect(Collectors.joining(", "));
        return Figure.of(
                result.getPrimaryResult().getLabel() + (parameters.isEmpty() ? "" : " (" + parameters + ")"),
                result.getPrimaryResult().getScore(),
                "1/s");
    }
}
