package io.wavegate.wavelet.document;

import io.wavegate.wavelet.model.Attributes;
import java.util.ArrayList;
import java.util.List;

/** Neighbouring items with equal annotations: a piece of text, an element start or an element end. */
sealed interface Run extends Tree {
    /** Annotations of each item: key to value. */
    Attributes annotations();

    /** The same items with other annotations. */
    Run withAnnotations(Attributes annotations);

    @Override
    default int height() {
        return 0;
    }

    /** Text, neither empty nor longer than {@link #LIMIT}. */
    record Text(String text, Attributes annotations) implements Run {
        /**
         * The longest text of one run, in code units. An edit copies the text it falls into a few times, and a
         * document has at least one run for so many characters: copying this much costs about as much as one level.
         */
        static final int LIMIT = 512;

        /** Text of any length as runs. */
        static List<Run> runs(String text, Attributes annotations) {
            List<Run> runs = new ArrayList<>(text.length() / LIMIT + 1);
            for (int from = 0; from < text.length(); from += LIMIT) {
                runs.add(new Text(text.substring(from, Math.min(text.length(), from + LIMIT)), annotations));
            }
            return runs;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public Run withAnnotations(Attributes other) {
            return new Text(text, other);
        }

        Text part(int from, int until) {
            return new Text(text.substring(from, until), annotations);
        }

        boolean canPrecede(Text next) {
            return length() + next.length() <= LIMIT && annotations.equals(next.annotations);
        }

        Text followedBy(Text next) {
            return new Text(text.concat(next.text), annotations);
        }
    }

    /** An element start. */
    record Start(String type, Attributes attributes, Attributes annotations) implements Run {
        @Override
        public int length() {
            return 1;
        }

        @Override
        public Run withAnnotations(Attributes other) {
            return new Start(type, attributes, other);
        }

        Start withAttributes(Attributes other) {
            return new Start(type, other, annotations);
        }
    }

    /** An element end. */
    record End(Attributes annotations) implements Run {
        @Override
        public int length() {
            return 1;
        }

        @Override
        public Run withAnnotations(Attributes other) {
            return new End(other);
        }
    }
}
