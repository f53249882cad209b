package io.wavegate.s2s.wire;

import io.wavegate.s2s.stream.DialbackAnswer;
import io.wavegate.s2s.stream.DialbackQuestion;
import java.util.concurrent.CompletionStage;

/** Asks the authoritative server of a domain (XEP-0220). */
@FunctionalInterface
public interface Verifier {
    /**
     * @param network on whose behalf: where the connection that asks comes from
     * @return never fails
     */
    CompletionStage<DialbackAnswer> ask(DialbackQuestion question, String network);
}
