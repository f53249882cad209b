package io.wavegate.wavelet.entity;

import io.wavegate.persistence.journal.Journal;
import io.wavegate.wavelet.api.RemoteDomains;
import io.wavegate.wavelet.model.WaveletName;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What the wavelets of a node share.
 *
 * @param localDomains names of our domains
 * @param remotes how other domains are asked
 * @param intake verifies what other domains send
 * @param newReplicas bounds how fast a remote domain makes us follow new wavelets
 * @param journalReads bounds histories being read for readers and remote domains at the same time
 * @param work decodes and encodes what is stored
 * @param clock milliseconds since the epoch
 */
record WaveletServices(
        WaveletSettings settings,
        Journal journal,
        Set<String> localDomains,
        Supplier<RemoteDomains> remotes,
        DeltaIntake intake,
        RateLimit newReplicas,
        Semaphore journalReads,
        Executor work,
        LongSupplier clock) {

    WaveletHistory history(WaveletName wavelet) {
        return new WaveletHistory(journal, wavelet, isHosted(wavelet), work);
    }

    boolean isHosted(WaveletName wavelet) {
        return localDomains.contains(wavelet.waveletDomain());
    }
}
