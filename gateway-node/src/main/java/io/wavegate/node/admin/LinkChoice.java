package io.wavegate.node.admin;

import io.wavegate.node.http.ApiRequest;
import io.wavegate.node.http.Problem;
import io.wavegate.node.http.ProblemException;
import io.wavegate.s2s.api.LinkOperations;
import io.wavegate.s2s.api.LinkView;
import io.wavegate.s2s.jid.Domain;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which links an operator means by naming the other domain: the one with the local domain of the query, else those that
 * there are, else the one with our only domain.
 *
 * @param remote the other domain, prepared
 * @param local ours, if it was named
 */
record LinkChoice(String remote, Optional<String> local) {

    static LinkChoice of(ApiRequest request, LinkOperations links) throws ProblemException {
        return new LinkChoice(domain(request.parameter("domain")), local(request, links));
    }

    /** The {@code local} of the query, which must be a domain of ours or a component. */
    static Optional<String> local(ApiRequest request, LinkOperations links) throws ProblemException {
        List<String> ends = new ArrayList<>(links.localDomains());
        ends.addAll(links.componentNames());
        return local(request, ends, "none of our domains and components: ");
    }

    /** The {@code local} of the query, which must be a domain of ours. */
    static Optional<String> local(ApiRequest request, List<String> domains) throws ProblemException {
        return local(request, domains, "none of our domains: ");
    }

    private static Optional<String> local(ApiRequest request, List<String> known, String otherwise)
            throws ProblemException {
        String named = request.query().get("local");
        if (named == null) {
            return Optional.empty();
        }
        String domain = domain(named);
        if (!known.contains(domain)) {
            throw new ProblemException(
                    Problem.malformed("\"" + named + "\" is " + otherwise + String.join(", ", known) + "."));
        }
        return Optional.of(domain);
    }

    static String domain(String text) throws ProblemException {
        return Domain.parse(text)
                .map(Domain::value)
                .orElseThrow(() -> new ProblemException(
                        Problem.malformed("\"" + text + "\" is no domain name. Check its spelling.")));
    }

    /** Our ends of the links that are meant, at least one. */
    List<String> among(List<LinkView> links, List<String> locals) throws ProblemException {
        if (local.isPresent()) {
            return List.of(local.get());
        }
        List<String> linked = links.stream()
                .filter(link -> link.remote().equals(remote))
                .map(LinkView::local)
                .toList();
        if (!linked.isEmpty()) {
            return linked;
        }
        if (locals.size() == 1) {
            return locals;
        }
        throw new ProblemException(AdminProblem.WHICH_DOMAIN.because("There is no link with " + remote
                + " yet. Say for which of our domains (local): " + String.join(", ", locals) + "."));
    }
}
