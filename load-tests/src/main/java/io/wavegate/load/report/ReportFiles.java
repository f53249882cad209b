package io.wavegate.load.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/** {@code report.json} and {@code report.md} in a folder, always whole: what is new replaces what was there. */
final class ReportFiles {
    private final Path folder;
    private final Map<String, String> machine;

    /** @param folder made if it is missing */
    ReportFiles(Path folder, Map<String, String> machine) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.machine = machine;
    }

    Path json() {
        return folder.resolve("report.json");
    }

    Path markdown() {
        return folder.resolve("report.md");
    }

    void write(List<Section> sections) throws IOException {
        replace(json(), ReportWriter.json(machine, sections));
        replace(markdown(), ReportWriter.markdown(machine, sections));
    }

    private void replace(Path file, String text) throws IOException {
        Path half = Files.writeString(folder.resolve(file.getFileName() + ".part"), text);
        Files.move(half, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
