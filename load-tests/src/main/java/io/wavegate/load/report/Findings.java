package io.wavegate.load.report;

import java.util.List;

/** Takes what a measurement finds, at once: each call writes the report anew, so that a run cut short keeps it. */
public interface Findings {
    /** A figure. */
    void add(Figure figure);

    /** Something that was not measured here or has to be known about the figures. */
    void note(String text);

    /**
     * A part that could not be measured; the others go on, and the run's exit code is 1.
     *
     * @param what the part
     */
    void failed(String what, Exception cause);

    /** Figures, in order. */
    default void addAll(List<Figure> figures) {
        figures.forEach(this::add);
    }
}
