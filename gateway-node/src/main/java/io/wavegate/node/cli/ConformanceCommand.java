package io.wavegate.node.cli;

import io.wavegate.node.config.FindingException;
import io.wavegate.s2s.conformance.CapturedStanzasCheck;
import io.wavegate.wavelet.conformance.ConformanceReport;
import io.wavegate.wavelet.conformance.ConformanceRun;
import io.wavegate.wavelet.conformance.VectorCheck;
import io.wavegate.wavelet.conformance.WaveletChecks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wavegate conformance}. */
@Command(
        name = "conformance",
        mixinStandardHelpOptions = true,
        description = {
            "Runs every file of the reference's vectors that lies in a folder (NAME.json or NAME.json.gz) and prints for "
                    + "each what passed, what failed with the first failures, and what differs by decision "
                    + "(docs/decisions.md).",
            "Exit code 0 only if nothing failed."
        })
final class ConformanceCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FOLDER", description = "The folder.")
    private Path folder = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws FindingException {
        List<VectorCheck> checks = new ArrayList<>(WaveletChecks.all());
        checks.add(new CapturedStanzasCheck());
        ConformanceReport report;
        try {
            report = new ConformanceRun(checks).folder(folder);
        } catch (IOException e) {
            throw new FindingException(
                    "Vectors in " + folder.toAbsolutePath(),
                    "cannot be read (" + e + ")",
                    "Name a folder that holds the reference's vector files");
        }
        if (report.files().isEmpty()) {
            throw new FindingException(
                    "Vectors in " + folder.toAbsolutePath(),
                    "there are none, no file there ends in .json or .json.gz",
                    "Name the folder that holds the reference's vector files themselves");
        }
        spec.commandLine().getOut().println(report.render());
        return report.isClean() ? 0 : 1;
    }
}
