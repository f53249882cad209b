package io.wavegate.load.sim;

import io.wavegate.load.check.FinalHistory;
import io.wavegate.load.check.HistoryChecker;
import io.wavegate.load.check.Statement;
import io.wavegate.load.rederive.Rederivation;
import io.wavegate.persistence.schema.DeltaApplied;
import io.wavegate.wavelet.model.WaveletName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges what is left of a run when it has settled. */
final class FinalJudge {
    private final SimRun run;
    private final HistoryChecker checker;
    private final List<SimClient> clients;

    FinalJudge(SimRun run, HistoryChecker checker, List<SimClient> clients) {
        this.run = run;
        this.checker = checker;
        this.clients = clients;
    }

    void judge() {
        checker.finish(histories());
        clients.forEach(this::follows);
        if (checker.violations().isEmpty()) {
            run.wavelets().forEach(this::derives);
        }
    }

    private List<FinalHistory> histories() {
        List<FinalHistory> all = new ArrayList<>();
        for (WaveletName wavelet : run.wavelets()) {
            for (SimDomain domain : run.domains()) {
                FinalHistory history = Histories.read(domain, wavelet);
                if (!history.deltas().isEmpty()) {
                    all.add(history);
                }
                if (Histories.wasReplaced(domain, wavelet)) {
                    run.violated(
                            Statement.HASH_AGREEMENT,
                            wavelet.toUri(),
                            "the host's history came to contradict the replica of " + domain.name());
                }
            }
        }
        return all;
    }

    private void follows(SimClient client) {
        long head = Histories.head(run.domain(client.wavelet().waveletDomain()), client.wavelet());
        if (client.isFollowing() && client.known().version() != head) {
            run.violated(
                    Statement.CONVERGENCE,
                    client.wavelet().toUri(),
                    client.user() + " stands at v" + client.known().version() + " of v" + head);
        }
    }

    // Hashes cover what was signed, not what transformation made of it: hosts and replicas may agree and be wrong.
    private void derives(WaveletName wavelet) {
        SimDomain host = run.domain(wavelet.waveletDomain());
        Rederivation again = new Rederivation(wavelet.toUri(), run.keys().publicKeys());
        for (DeltaApplied stored : Histories.stored(host, wavelet)) {
            Optional<String> wrong = again.next(stored);
            if (wrong.isPresent()) {
                run.violated(Statement.VALIDITY, wavelet.toUri(), wrong.get());
                return;
            }
        }
        run.domains().stream().filter(domain -> domain != host).forEach(domain -> compare(again, domain, wavelet));
        for (SimClient client : clients) {
            if (client.wavelet().equals(wavelet)
                    && client.known().version() == again.head()
                    && !client.sees(again.texts())) {
                run.violated(
                        Statement.VALIDITY,
                        wavelet.toUri(),
                        client.user() + " sees other documents than " + again.texts());
            }
        }
    }

    private void compare(Rederivation again, SimDomain domain, WaveletName wavelet) {
        for (DeltaApplied stored : Histories.stored(domain, wavelet)) {
            Optional<String> wrong = again.compare(stored);
            if (wrong.isPresent()) {
                run.violated(
                        Statement.VALIDITY, wavelet.toUri(), "the replica of " + domain.name() + ": " + wrong.get());
                return;
            }
        }
    }
}
