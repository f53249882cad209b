package io.wavegate.s2s.check;

import java.util.concurrent.CompletionStage;

/** Checks domains, from where this node stands. Stages never fail and complete in bounded time, about two minutes at most. */
public interface DomainChecks {
    /**
     * Another domain: DNS, connections, TLS, streams, authentication both ways, wave service, ping, signatures.
     *
     * @param local our domain in whose name it is asked, prepared (RFC 7622)
     * @param remote the other domain, prepared
     */
    CompletionStage<CheckReport> check(String local, String remote);

    /**
     * One of our domains as others see it: certificates, DNS, listeners, and the records to publish.
     *
     * @param local the domain, prepared
     */
    CompletionStage<CheckReport> checkSelf(String local);
}
