package io.wavegate.node.wiring;

import io.wavegate.s2s.entity.S2sLinks;
import io.wavegate.s2s.tls.TlsIdentities;
import io.wavegate.s2s.tls.TlsRehearsal;
import io.wavegate.wavelet.api.Wavelets;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletName;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done only once in the life of a process, done before anybody waits for it: a first TLS handshake, sharding's
 * first link and first wavelet. It changes nothing that lasts, and where it fails the node starts all the same.
 */
final class Rehearsal {
    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);

    /** In a cluster that is just forming, sharding waits for others. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Rehearsal() {}

    /** @param domain one of ours */
    static void run(String domain, TlsIdentities identities, S2sLinks links, Wavelets wavelets) {
        CompletableFuture<?> entities = CompletableFuture.allOf(
                links.rehearse().toCompletableFuture(),
                wavelets.view(
                                new WaveletName(domain, "w+rehearsal", domain, "conv+root"),
                                new ParticipantId("nobody@" + domain))
                        .toCompletableFuture());
        try {
            TlsRehearsal.run(identities, domain);
            entities.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (SSLException | ExecutionException | TimeoutException e) {
            LOG.info(
                    "The rehearsal before the start did not succeed, so the first link may take longer: {}",
                    String.valueOf(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
