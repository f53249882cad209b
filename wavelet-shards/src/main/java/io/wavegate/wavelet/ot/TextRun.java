package io.wavegate.wavelet.ot;

import org.jspecify.annotations.Nullable;

/**
 * Text gathered from pieces. Pieces that are neighbours in the same string, as the parts of a text cut by the other
 * side's components are, join without a copy; one whole string is handed on as it is.
 */
final class TextRun {
    private @Nullable String source;
    private int from;
    private int until;
    private @Nullable StringBuilder joined;

    void append(String piece, int start, int end) {
        if (joined != null) {
            joined.append(piece, start, end);
        } else if (source == null) {
            source = piece;
            from = start;
            until = end;
        } else if (source == piece && until == start) {
            until = end;
        } else {
            joined = new StringBuilder(until - from + end - start + 16);
            joined.append(source, from, until).append(piece, start, end);
        }
    }

    /** The text; the run is empty afterwards. */
    String take() {
        String text = "";
        if (joined != null) {
            text = joined.toString();
        } else if (source != null) {
            text = source.substring(from, until);
        }
        source = null;
        joined = null;
        return text;
    }
}
