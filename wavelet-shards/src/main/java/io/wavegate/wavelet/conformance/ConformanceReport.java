package io.wavegate.wavelet.conformance;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The outcome of all files of a folder.
 *
 * @param files in order of name
 */
public record ConformanceReport(List<FileReport> files) {
    public ConformanceReport {
        files = List.copyOf(files);
    }

    /** True if there were cases and none failed. Cases that were not judged do not count as failed: look at them. */
    public boolean isClean() {
        return !files.isEmpty() && files.stream().allMatch(file -> file.failed() == 0);
    }

    /** For a person: a line for each file and failure. */
    public String render() {
        return files.stream().map(FileReport::render).collect(Collectors.joining("\n"));
    }
}
