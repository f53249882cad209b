package io.wavegate.wavelet.conformance;

import com.fasterxml.jackson.databind.JsonNode;

/** Judges the cases of one vector file. Stateless: cases may be judged in any order. */
public interface VectorCheck {
    /** The file it judges, without folder and extension, for example {@code transform}. */
    String fileName();

    /**
     * Called once with the whole file before its cases are judged, for a check whose cases refer to each other.
     *
     * @return what judges the cases; by default this
     */
    default VectorCheck prepare(VectorFile file) {
        return this;
    }

    /**
     * Judges one case. May throw on a case it does not understand; that counts as failed.
     *
     * @param meta what the file's cases share; a missing node if the file has none
     * @param theCase one element of the file's {@code cases}
     */
    CaseResult check(JsonNode meta, JsonNode theCase);
}
