package io.wavegate.load.sim.stream;

import io.wavegate.s2s.netty.StreamsSettings;
import io.wavegate.s2s.stream.DialbackAnswer;
import io.wavegate.s2s.stream.DialbackQuestion;
import io.wavegate.s2s.stream.StanzaReceiver;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * What all connections of a node share.
 *
 * @param domain ours
 * @param trusted whether others believe our certificate
 * @param loop the node's
 * @param clock the node's
 * @param settings the product's
 * @param receiver takes stanzas
 * @param verifier asks the authoritative server
 * @param flaws deliberate ones
 */
record Shared(
        String domain,
        boolean trusted,
        Loop loop,
        InstantSource clock,
        StreamsSettings settings,
        StanzaReceiver receiver,
        Verifier verifier,
        Set<Flaw> flaws) {
    boolean has(Flaw flaw) {
        return flaws.contains(flaw);
    }

    /** Asks the authoritative server of a domain (XEP-0220). */
    @FunctionalInterface
    interface Verifier {
        /** @return never fails */
        CompletionStage<DialbackAnswer> ask(DialbackQuestion question);
    }
}
