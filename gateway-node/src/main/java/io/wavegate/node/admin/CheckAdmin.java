package io.wavegate.node.admin;

import io.wavegate.node.check.CheckJson;
import io.wavegate.node.http.Access;
import io.wavegate.node.http.ApiReply;
import io.wavegate.node.http.ApiRequest;
import io.wavegate.node.http.Endpoint;
import io.wavegate.node.http.ProblemException;
import io.wavegate.s2s.check.CheckReport;
import io.wavegate.s2s.check.DomainChecks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;

/** Checks of other domains and of our own, from where this node stands. A bounded number at a time: each opens streams. */
public final class CheckAdmin {
    private static final String CHECK = "/admin/v1/check";
    private static final int MOST = 4;

    private final DomainChecks checks;
    private final List<String> locals;
    private final Semaphore places = new Semaphore(MOST);

    /** @param locals our domains, the first speaks where none is named */
    public CheckAdmin(DomainChecks checks, List<String> locals) {
        this.checks = checks;
        this.locals = List.copyOf(locals);
    }

    /** All of them. */
    public List<Endpoint> endpoints() {
        return List.of(
                new Endpoint("POST", CHECK, Access.OPERATOR, this::self),
                new Endpoint("POST", CHECK + "/{domain}", Access.OPERATOR, this::other));
    }

    private CompletionStage<ApiReply> other(ApiRequest request) throws ProblemException {
        String remote = LinkChoice.domain(request.parameter("domain"));
        String local = LinkChoice.local(request, locals).orElse(locals.get(0));
        return inPlace(locals.contains(remote) ? List.of(remote) : List.of(), List.of(new Pair(local, remote)));
    }

    private CompletionStage<ApiReply> self(ApiRequest request) throws ProblemException {
        Optional<String> local = LinkChoice.local(request, locals);
        return inPlace(local.map(List::of).orElse(locals), List.of());
    }

    private record Pair(String local, String remote) {}

    private CompletionStage<ApiReply> inPlace(List<String> own, List<Pair> others) throws ProblemException {
        if (!places.tryAcquire()) {
            throw new ProblemException(AdminProblem.UNAVAILABLE.because(
                    "There are " + MOST + " checks under way already. Wait for one to end."));
        }
        CompletionStage<List<CheckReport>> all = CompletableFuture.completedFuture(new ArrayList<>());
        List<CompletionStage<CheckReport>> runs = new ArrayList<>();
        own.forEach(domain -> runs.add(checks.checkSelf(domain)));
        if (own.isEmpty()) {
            others.forEach(pair -> runs.add(checks.check(pair.local(), pair.remote())));
        }
        for (CompletionStage<CheckReport> run : runs) {
            all = all.thenCombine(run, (reports, report) -> {
                reports.add(report);
                return reports;
            });
        }
        return all.whenComplete((reports, failure) -> places.release())
                .thenApply(reports -> ApiReply.ok(CheckJson.write(reports)));
    }
}
