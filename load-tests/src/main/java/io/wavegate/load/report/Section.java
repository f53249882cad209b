package io.wavegate.load.report;

import java.util.List;

/**
 * A part of the report.
 *
 * @param title its heading
 * @param about what the figures mean and how they were made
 * @param figures in order
 * @param notes what could not be measured here, and why
 */
public record Section(String title, String about, List<Figure> figures, List<String> notes) {
    public Section {
        figures = List.copyOf(figures);
        notes = List.copyOf(notes);
    }
}
