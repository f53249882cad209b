package io.wavegate.wavelet.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.wavegate.wavelet.conformance.CaseResult.DiffersByDecision;
import io.wavegate.wavelet.conformance.CaseResult.Failed;
import io.wavegate.wavelet.conformance.CaseResult.NotJudged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs checks over vector files and counts. */
public final class ConformanceRun {
    private final Map<String, VectorCheck> checks;

    /** A run of these checks, at most one for each file name. */
    public ConformanceRun(List<VectorCheck> checks) {
        this.checks = checks.stream().collect(Collectors.toMap(VectorCheck::fileName, Function.identity()));
    }

    /**
     * Judges every vector file directly in a folder. Cases of a file that nobody checks count as not judged.
     *
     * @throws IOException if the folder or one of its vector files cannot be read
     */
    public ConformanceReport folder(Path folder) throws IOException {
        List<Path> paths;
        try (Stream<Path> list = Files.list(folder)) {
            paths = list.filter(VectorFile::isVectorFile).sorted().toList();
        }
        List<FileReport> reports = new ArrayList<>();
        for (Path path : paths) {
            reports.add(file(VectorFile.read(path)));
        }
        return new ConformanceReport(reports);
    }

    /** Judges one file. */
    public FileReport file(VectorFile file) {
        Optional<VectorCheck> check =
                Optional.ofNullable(checks.get(file.name())).map(c -> c.prepare(file));
        Tally tally = new Tally();
        for (int i = 0; i < file.cases().size(); i++) {
            JsonNode theCase = file.cases().get(i);
            tally.add(
                    i, check.map(c -> judge(c, file.meta(), theCase)).orElse(new NotJudged("no check for this file")));
        }
        return tally.report(file.name());
    }

    // A check that throws found something that it did not expect: that is a finding about the case, not about the run.
    private static CaseResult judge(VectorCheck check, JsonNode meta, JsonNode theCase) {
        try {
            return check.check(meta, theCase);
        } catch (RuntimeException | StackOverflowError e) {
            StackTraceElement[] trace = e.getStackTrace();
            return new Failed("the check threw " + e + (trace.length == 0 ? "" : " at " + trace[0]));
        }
    }

    private static final class Tally {
        private int passed;
        private int failed;
        private int notJudged;
        private final TreeMap<String, Integer> differs = new TreeMap<>();
        private final TreeSet<String> reasons = new TreeSet<>();
        private final List<FileReport.Failure> failures = new ArrayList<>();

        void add(int index, CaseResult result) {
            if (result instanceof Failed failure) {
                failed++;
                if (failures.size() < FileReport.KEPT_FAILURES) {
                    failures.add(new FileReport.Failure(index, failure.detail()));
                }
            } else if (result instanceof DiffersByDecision difference) {
                differs.merge(difference.decisionId(), 1, Integer::sum);
            } else if (result instanceof NotJudged none) {
                notJudged++;
                if (reasons.size() < FileReport.KEPT_FAILURES) {
                    reasons.add(none.why());
                }
            } else {
                passed++;
            }
        }

        FileReport report(String file) {
            return new FileReport(file, passed, differs, notJudged, reasons, failed, failures);
        }
    }
}
