package io.wavegate.load.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The report while it is made: the sections that are done, and the one that is being measured. */
final class RunningReport {
    private static final Logger LOG = LoggerFactory.getLogger(RunningReport.class);

    private final ReportFiles files;
    private final List<Section> done = new ArrayList<>();

    RunningReport(ReportFiles files) {
        this.files = files;
    }

    /** Whether anything failed. */
    boolean hasFailures() {
        return done.stream().anyMatch(section -> section.state() == Section.State.FAILED);
    }

    /** Measures a section; what fails is in the section. */
    Section measure(Measurement measurement, Effort effort) {
        Found found = new Found(measurement, effort);
        double load = Machine.load();
        Stopwatch watch = new Stopwatch();
        write(Optional.of(found.section(Section.State.UNFINISHED, "")));
        try {
            measurement.measure(effort, found);
        } catch (Exception e) {
            found.failed(measurement.key(), e);
        }
        Section section = found.section(
                found.failures.isEmpty() ? Section.State.COMPLETE : Section.State.FAILED,
                String.format(
                        "Took %.0f s. Load average of the machine %.1f at its start, %.1f at its end.",
                        watch.seconds(), load, Machine.load()));
        done.add(section);
        write(Optional.empty());
        return section;
    }

    private void write(Optional<Section> current) {
        List<Section> all = new ArrayList<>(done);
        current.ifPresent(all::add);
        try {
            files.write(all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What has been found of one section. */
    private final class Found implements Findings {
        private final Measurement measurement;
        private final Effort effort;
        private final List<Figure> figures = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();
        private final List<String> failures = new ArrayList<>();

        Found(Measurement measurement, Effort effort) {
            this.measurement = measurement;
            this.effort = effort;
        }

        @Override
        public void add(Figure figure) {
            figures.add(figure);
            LOG.info("{}", ReportWriter.line(figure));
            writeUnfinished();
        }

        @Override
        public void note(String text) {
            notes.add(text);
            writeUnfinished();
        }

        @Override
        public void failed(String what, Exception cause) {
            LOG.error("Measuring {} failed", what, cause);
            failures.add(what + ": " + cause);
            writeUnfinished();
        }

        private void writeUnfinished() {
            write(Optional.of(section(Section.State.UNFINISHED, "")));
        }

        Section section(Section.State state, String took) {
            return new Section(
                    measurement.key(),
                    measurement.title(),
                    measurement.about(effort),
                    state,
                    took,
                    figures,
                    notes,
                    failures);
        }
    }
}
