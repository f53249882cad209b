package io.wavegate.load.report;

import io.wavegate.load.Inputs;
import io.wavegate.load.bench.TypedWavelet;
import io.wavegate.node.client.TextEdits;
import io.wavegate.node.demo.Trace;
import io.wavegate.node.demo.TraceReader;
import io.wavegate.wavelet.document.Document;
import io.wavegate.wavelet.model.DocOp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Recorded sequential sessions through the authority in memory, one delta an edit, without signing. */
final class LocalTraces implements Measurement {
    @Override
    public String key() {
        return "traces";
    }

    @Override
    public String title() {
        return "Traces on one host, in memory";
    }

    @Override
    public String about(Effort effort) {
        return "Each patch of the trace is one delta at the head: parsed, decided, hashed, applied; one thread, no "
                + "signing, no disk. The client's half (making the operation) is included. The second of two runs.";
    }

    @Override
    public Duration expected(Effort effort) {
        return Duration.ofSeconds(effort == Effort.QUICK ? 10 : 60);
    }

    @Override
    public void measure(Effort effort, Findings findings) throws Exception {
        List<Path> files = Inputs.traces();
        if (files.isEmpty()) {
            findings.note("no recorded traces beside the project (../shared/traces): nothing replayed");
        }
        for (Path file : files) {
            Trace trace = TraceReader.read(file);
            if (trace.people() == 1) {
                replay(trace, effort);
                findings.add(replay(trace, effort).named(Inputs.name(file)));
            } else {
                findings.note(Inputs.name(file) + " has two writers: see the federated replay");
            }
        }
    }

    private static Figure replay(Trace trace, Effort effort) {
        TypedWavelet wavelet = new TypedWavelet();
        Document shown = Document.EMPTY;
        Stopwatch watch = new Stopwatch();
        int edits = 0;
        for (Trace.Transaction transaction : trace.transactions()) {
            for (Trace.Patch patch : transaction.patches()) {
                String gone = TextEdits.plain(shown, patch.position(), patch.position() + patch.deleted());
                DocOp operation = TextEdits.replace(patch.position(), gone, patch.inserted(), shown.length());
                shown = shown.apply(operation);
                wavelet.edit(operation, patch.inserted().length() - patch.deleted());
                edits++;
            }
            if (edits >= effort.edits()) {
                return watch.figure("first " + edits + " edits", edits, "edits/s");
            }
        }
        if (!shown.text().equals(trace.endContent())) {
            throw new IllegalStateException("the trace ended in another text");
        }
        return watch.figure(edits + " edits", edits, "edits/s");
    }
}
