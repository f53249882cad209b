package io.wavegate.load.sim;

import io.wavegate.load.sim.stream.Flaw;
import java.util.Set;

/**
 * What streams a run has: the product's own machines over simulated bytes, or cheap ones of stanzas.
 *
 * @param real whether they are the product's own
 * @param flaws deliberate bugs around them
 */
record StreamChoice(boolean real, Set<Flaw> flaws) {
    /** Stanzas as objects. */
    static final StreamChoice CHEAP = new StreamChoice(false, Set.of());

    /** The product's own, with these flaws around them. */
    static StreamChoice withFlaws(Set<Flaw> flaws) {
        return new StreamChoice(true, flaws);
    }
}
