package io.wavegate.s2s.resolve;

import java.util.concurrent.CompletionStage;

/** Asks DNS. Safe for use by many threads. */
public interface DnsClient {
    /** @return the answer; never fails, always completes in bounded time */
    CompletionStage<DnsAnswer> ask(DnsQuestion question);
}
