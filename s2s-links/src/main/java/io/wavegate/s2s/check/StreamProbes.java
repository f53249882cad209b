package io.wavegate.s2s.check;

import io.wavegate.s2s.stream.DomainPair;
import java.util.concurrent.CompletionStage;

/** Opens streams to look at them. Stages never fail and complete in bounded time. */
public interface StreamProbes {
    /** Goes as far as the features behind TLS, then closes: nothing is authenticated, so no other stream is disturbed. */
    CompletionStage<ProbeFacts> look(DomainPair pair, ProbeTarget target);

    /** Goes on until we are authenticated, then closes. */
    CompletionStage<ProbeFacts> authenticate(DomainPair pair, ProbeTarget target);
}
