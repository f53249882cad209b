package io.wavegate.s2s.resolve;

import java.util.concurrent.CompletionStage;

/** Finds where the server of a domain listens. Safe for use by many threads. */
public interface Resolver {
    /**
     * @param domain prepared (RFC 7622); U-labels are asked for in their A-label form
     * @return the targets in the order to try, or why there are none. Never fails
     */
    CompletionStage<Resolution> resolve(String domain);
}
