package io.wavegate.load.chaos.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** What went wrong with the laboratory itself: a complaint of this scenario, and no reason to leave out the others. */
final class Trouble {
    private static final int LONGEST = 300;

    private final List<String> seen = new ArrayList<>();

    /** Something that can go wrong. */
    interface Step {
        void take() throws IOException, InterruptedException;
    }

    /** Something that can go wrong, and has a result if it does not. */
    interface Question<T> {
        T ask() throws IOException;
    }

    void attempt(Step step) throws InterruptedException {
        try {
            step.take();
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            seen.add("broke off: " + beginning(e));
        }
    }

    <T> T otherwise(T instead, Question<T> question) {
        try {
            return question.ask();
        } catch (IOException e) {
            seen.add("could not be found out: " + beginning(e));
            return instead;
        }
    }

    // What has not started says all that it printed.
    private static String beginning(Exception e) {
        String text = String.valueOf(e.getMessage());
        return text.length() > LONGEST ? text.substring(0, LONGEST) + " ..." : text;
    }

    List<String> seen() {
        return List.copyOf(seen);
    }
}
