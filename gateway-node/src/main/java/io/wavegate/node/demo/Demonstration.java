package io.wavegate.node.demo;

import io.wavegate.node.config.FindingException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Two gateways of two domains, and two people who type one wave through them, for somebody who watches. */
public final class Demonstration {
    private final Path folder;
    private final PrintWriter out;

    /**
     * @param folder where authority, stores and logs are; what is missing is made
     * @param out told what happens
     */
    public Demonstration(Path folder, PrintWriter out) {
        this.folder = folder;
        this.out = out;
    }

    /**
     * Runs it.
     *
     * @param traceFile what is typed; none: the default
     * @param keep whether the gateways go on afterwards
     * @return what came of it
     */
    public DemoOutcome run(Optional<Path> traceFile, boolean keep)
            throws IOException, FindingException, InterruptedException, TimeoutException, ExecutionException {
        DefaultTrace chosen = traceFile.isPresent()
                ? new DefaultTrace(
                        TraceReader.read(traceFile.get()), traceFile.get().toString())
                : DefaultTrace.find(Path.of(""));
        say("Typing " + chosen.from() + ": " + chosen.trace().transactions().size() + " edits of "
                + (chosen.trace().people() == 1 ? "one person; the other follows." : "two people."));
        DemoGateways gateways = DemoGateways.start(folder);
        boolean goesOn = false;
        try {
            gateways.lines().forEach(this::say);
            ReplayReport report =
                    gateways.replay(chosen.trace(), Pace.COMPOSED, typed -> progress(typed, chosen.trace()));
            out.println();
            report.lines().forEach(this::say);
            if (keep) {
                gateways.leave().forEach(this::say);
                say("The wave is " + report.name().toUri()
                        + ". README and docs/client-api say what else can be asked.");
                goesOn = true;
            }
            return DemoOutcome.of(report);
        } finally {
            if (!goesOn) {
                gateways.close();
            }
        }
    }

    private void progress(int typed, Trace trace) {
        out.print("\rTyped " + typed + " of " + trace.transactions().size() + " edits");
        out.flush();
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
