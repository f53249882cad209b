package io.wavegate.s2s.probe;

import io.wavegate.s2s.api.ResolutionReport;
import io.wavegate.s2s.api.Resolutions;
import io.wavegate.s2s.check.DomainFindings;
import io.wavegate.s2s.check.ProbeFacts;
import io.wavegate.s2s.check.ProbeTarget;
import io.wavegate.s2s.check.StreamProbes;
import io.wavegate.s2s.jid.Domain;
import io.wavegate.s2s.stream.DomainPair;
import io.wavegate.s2s.stream.StreamPolicies;
import io.wavegate.s2s.vouch.KnownVouchers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Gathers what there is to know of one domain, from DNS to authentication. */
final class DomainProbe {
    /** Each is a connection to somebody else's server. */
    private static final int MAX_ADDRESSES = 12;

    private final Resolutions resolutions;
    private final StreamProbes probes;
    private final StreamPolicies policies;
    private final Function<String, CompletionStage<KnownVouchers>> vouchers;

    /** @param vouchers who vouched for a domain before */
    DomainProbe(
            Resolutions resolutions,
            StreamProbes probes,
            StreamPolicies policies,
            Function<String, CompletionStage<KnownVouchers>> vouchers) {
        this.vouchers = vouchers;
        this.resolutions = resolutions;
        this.probes = probes;
        this.policies = policies;
    }

    CompletionStage<DomainFindings> run(DomainPair pair) {
        // Asked first: the probe's own streams are remembered too.
        return vouchers.apply(pair.remote()).thenCompose(known -> run(pair, known));
    }

    private CompletionStage<DomainFindings> run(DomainPair pair, KnownVouchers known) {
        return resolutions.report(new Domain(pair.remote())).thenCompose(report -> {
            List<ProbeTarget> targets = targets(report);
            List<ProbeTarget> tried = targets.subList(0, Math.min(targets.size(), MAX_ADDRESSES));
            return looks(pair, tried).thenCompose(looks -> stream(pair, looks)
                    .thenApply(stream -> new DomainFindings(
                            pair,
                            policies.policyFor(pair.remote()).authentication(),
                            report,
                            looks,
                            targets.size() - tried.size(),
                            stream,
                            known)));
        });
    }

    /** Each address once, under the name that comes first. */
    static List<ProbeTarget> targets(ResolutionReport report) {
        Map<List<Object>, ProbeTarget> targets = new LinkedHashMap<>();
        for (ResolutionReport.Server server : report.servers()) {
            server.addresses().stream()
                    .filter(address -> address.refusal().isEmpty())
                    .map(address ->
                            new ProbeTarget(server.host(), address.address(), server.port(), server.directTls()))
                    .forEach(target ->
                            targets.putIfAbsent(List.of(target.address(), target.port(), target.directTls()), target));
        }
        return List.copyOf(targets.values());
    }

    /** All at once: each waits for its own server only. */
    CompletionStage<List<ProbeFacts>> looks(DomainPair pair, List<ProbeTarget> targets) {
        List<CompletableFuture<ProbeFacts>> looks = targets.stream()
                .map(target -> probes.look(pair, target).toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(looks.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> looks.stream().map(CompletableFuture::join).toList());
    }

    private CompletionStage<Optional<ProbeFacts>> stream(DomainPair pair, List<ProbeFacts> looks) {
        Optional<ProbeFacts> best = DomainFindings.firstGood(looks);
        return best.isEmpty()
                ? CompletableFuture.completedFuture(Optional.empty())
                : probes.authenticate(pair, best.get().target()).thenApply(Optional::of);
    }
}
