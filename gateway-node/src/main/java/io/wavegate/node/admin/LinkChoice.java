package io.wavegate.node.admin;

import io.wavegate.node.http.ApiRequest;
import io.wavegate.node.http.Problem;
import io.wavegate.node.http.ProblemException;
import io.wavegate.s2s.api.LinkView;
import io.wavegate.s2s.jid.Domain;
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

    static LinkChoice of(ApiRequest request, List<String> locals) throws ProblemException {
        return new LinkChoice(domain(request.parameter("domain")), local(request, locals));
    }

    /** The {@code local} of the query, which must be ours. */
    static Optional<String> local(ApiRequest request, List<String> locals) throws ProblemException {
        String named = request.query().get("local");
        if (named == null) {
            return Optional.empty();
        }
        String domain = domain(named);
        if (!locals.contains(domain)) {
            throw new ProblemException(
                    Problem.malformed("\"" + named + "\" is none of our domains: " + String.join(", ", locals) + "."));
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
