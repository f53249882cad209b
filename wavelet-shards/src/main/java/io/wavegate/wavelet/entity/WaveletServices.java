package io.wavegate.wavelet.entity;

import io.wavegate.persistence.journal.Journal;
import io.wavegate.persistence.journal.StreamId;
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
 * @param replacements bounds replicas whose history is being replaced at the same time
 * @param tally counts what replicas and their hosts did not agree on
 * @param views answers whoever wants to see a wavelet
 * @param work decodes and encodes what is stored
 * @param clock milliseconds since the epoch, which may be set back
 * @param steady milliseconds that only go on, for waits
 */
record WaveletServices(
        WaveletSettings settings,
        Journal journal,
        Set<String> localDomains,
        Supplier<RemoteDomains> remotes,
        DeltaIntake intake,
        RateLimit newReplicas,
        Semaphore journalReads,
        ReplacementSlots replacements,
        ReplicaTally tally,
        ViewAnswers views,
        Executor work,
        LongSupplier clock,
        LongSupplier steady) {

    /** A wavelet of ours, or a replica whose history has never been replaced. */
    WaveletHistory history(WaveletName wavelet) {
        return isHosted(wavelet)
                ? new WaveletHistory(journal, wavelet, new StreamId("hosted", wavelet.toUri()), work)
                : replica(wavelet, 0);
    }

    /** A generation of a replica. */
    WaveletHistory replica(WaveletName wavelet, long generation) {
        return new WaveletHistory(journal, wavelet, GenerationLog.streamOf(wavelet, generation), work);
    }

    boolean isHosted(WaveletName wavelet) {
        return localDomains.contains(wavelet.waveletDomain());
    }
}
