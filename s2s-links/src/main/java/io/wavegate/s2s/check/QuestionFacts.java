package io.wavegate.s2s.check;

import io.wavegate.s2s.stream.StreamEnd;

/**
 * Something that was asked of the domain, and what came of it.
 *
 * @param kind what
 * @param to whom
 * @param outcome what came
 * @param millis how long it took
 */
public record QuestionFacts(Kind kind, String to, Outcome outcome, long millis) {
    /** Kinds of questions. */
    public enum Kind {
        /** XEP-0030. */
        ITEMS,
        /** XEP-0030. */
        INFO,
        /** XEP-0199. */
        PING
    }

    /** What can come of a question. */
    public sealed interface Outcome {
        /**
         * An answer.
         *
         * @param summary of it, as what follows the answerer's name
         */
        record Answered(String summary) implements Outcome {}

        /**
         * An answer of type error.
         *
         * @param condition with the text, if there is one
         */
        record Refused(String condition) implements Outcome {}

        /** It was sent, and nothing came in time. */
        record Silent() implements Outcome {}

        /** It could not be sent. */
        record Unsent(StreamEnd end) implements Outcome {}
    }
}
