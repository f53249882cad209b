package io.wavegate.node.admin;

import io.wavegate.node.http.Access;
import io.wavegate.node.http.ApiReply;
import io.wavegate.node.http.ApiRequest;
import io.wavegate.node.http.Endpoint;
import io.wavegate.node.http.ProblemException;
import io.wavegate.s2s.api.LinkOperations;
import io.wavegate.s2s.api.LinkView;
import io.wavegate.s2s.api.VoucherView;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Links: look, retry, close, watch. */
public final class LinkAdmin {
    private static final Logger LOG = LoggerFactory.getLogger(LinkAdmin.class);
    private static final String LINKS = "/admin/v1/links";

    private final LinkOperations links;
    private final Watches watches;
    private final InstantSource clock;

    public LinkAdmin(LinkOperations links, int maxWatches, InstantSource clock) {
        this.links = links;
        this.watches = new Watches(links, maxWatches);
        this.clock = clock;
    }

    /** All of them. */
    public List<Endpoint> endpoints() {
        return List.of(
                new Endpoint("GET", LINKS, Access.OPERATOR, this::list),
                new Endpoint("POST", LINKS + "/{domain}/retry", Access.OPERATOR, this::retry),
                new Endpoint("POST", LINKS + "/{domain}/close", Access.OPERATOR, this::close),
                new Endpoint("GET", LINKS + "/{domain}/watch", Access.OPERATOR, this::watch));
    }

    private CompletionStage<ApiReply> list(ApiRequest request) throws ProblemException {
        Optional<String> local = LinkChoice.local(request, links);
        String wanted = request.query().get("domain");
        Optional<String> remote = wanted == null ? Optional.empty() : Optional.of(LinkChoice.domain(wanted));
        return links.links()
                .thenCompose(all -> reply(all.stream()
                        .filter(link -> local.isEmpty() || local.get().equals(link.local()))
                        .filter(link -> remote.isEmpty() || remote.get().equals(link.remote()))
                        .toList()));
    }

    private CompletionStage<ApiReply> retry(ApiRequest request) throws ProblemException {
        return operate(request, "retries", links::retry);
    }

    private CompletionStage<ApiReply> close(ApiRequest request) throws ProblemException {
        return operate(request, "closes", links::close);
    }

    private CompletionStage<ApiReply> operate(
            ApiRequest request, String does, BiFunction<String, String, CompletionStage<LinkView>> operation)
            throws ProblemException {
        LinkChoice choice = LinkChoice.of(request, links);
        return meant(choice)
                .thenCompose(locals -> {
                    LOG.info("Operator {} {} the links of {} with {}", request.user(), does, locals, choice.remote());
                    CompletionStage<List<LinkView>> all = CompletableFuture.completedFuture(new ArrayList<>());
                    for (String local : locals) {
                        all = all.thenCombine(operation.apply(local, choice.remote()), (list, link) -> {
                            list.add(link);
                            return list;
                        });
                    }
                    return all;
                })
                .handle((views, failure) -> {
                    if (failure != null) {
                        throw moving(choice.remote(), failure);
                    }
                    return views;
                })
                .thenCompose(this::reply);
    }

    private CompletionStage<ApiReply> watch(ApiRequest request) throws ProblemException {
        LinkChoice choice = LinkChoice.of(request, links);
        return meant(choice).thenApply(locals -> {
            try {
                LOG.info("Operator {} watches the links of {} with {}", request.user(), locals, choice.remote());
                return ApiReply.lines(watches.begin(locals, choice.remote()));
            } catch (ProblemException e) {
                throw new CompletionException(e);
            }
        });
    }

    private CompletionStage<List<String>> meant(LinkChoice choice) {
        return links.links().thenApply(all -> {
            try {
                return choice.among(all, links.localDomains());
            } catch (ProblemException e) {
                throw new CompletionException(e);
            }
        });
    }

    private static CompletionException moving(String remote, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof ProblemException
                ? new CompletionException(cause)
                : new CompletionException(new ProblemException(AdminProblem.UNAVAILABLE.because(
                        "The link with " + remote + " did not answer; it may be moving between nodes. Try again.")));
    }

    private CompletionStage<ApiReply> reply(List<LinkView> views) {
        CompletionStage<Map<String, VoucherView>> vouchers = CompletableFuture.completedFuture(new HashMap<>());
        for (LinkView view : views) {
            for (String domain : LinkJson.domains(view)) {
                vouchers = vouchers.thenCompose(known -> links.voucher(domain).thenApply(voucher -> {
                    voucher.ifPresent(found -> known.put(domain, found));
                    return known;
                }));
            }
        }
        return vouchers.thenApply(
                known -> ApiReply.ok(LinkJson.of(views, known, links.componentNames(), clock.instant())));
    }
}
