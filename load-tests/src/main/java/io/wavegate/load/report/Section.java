package io.wavegate.load.report;

import java.util.List;

/**
 * A part of the report, as far as it is.
 *
 * @param key by which {@code --only} chooses it
 * @param title its heading
 * @param about what the figures mean and how they were made
 * @param state how far it is
 * @param took how long it took and what else the machine had to do; empty while it is measured
 * @param figures in order
 * @param notes what could not be measured here, and why
 * @param failures what went wrong
 */
public record Section(
        String key,
        String title,
        String about,
        State state,
        String took,
        List<Figure> figures,
        List<String> notes,
        List<String> failures) {

    /** How far a section is. */
    public enum State {
        /** Being measured when the report was written. */
        UNFINISHED,
        /** All of it is there. */
        COMPLETE,
        /** Some or all of it is missing because something failed. */
        FAILED
    }

    public Section {
        figures = List.copyOf(figures);
        notes = List.copyOf(notes);
        failures = List.copyOf(failures);
    }
}
