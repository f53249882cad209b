package io.wavegate.node.admin;

import io.wavegate.node.http.OperatorGate;
import io.wavegate.node.http.Problem;
import io.wavegate.node.http.ProblemException;
import io.wavegate.node.http.Router;
import io.wavegate.node.token.OperatorTokens;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;

/**
 * Lets operators in: by a token of theirs, and from this machine only unless the configuration says otherwise. The second
 * bars the way for whoever got hold of a token and reaches the API through the proxy that is meant for clients.
 */
public final class AdminGate implements OperatorGate {
    private final OperatorTokens tokens;
    private final boolean fromAnywhere;

    public AdminGate(OperatorTokens tokens, boolean fromAnywhere) {
        this.tokens = tokens;
        this.fromAnywhere = fromAnywhere;
    }

    @Override
    public String admit(Optional<String> authorization, Origin origin, Instant now) throws ProblemException {
        boolean here = origin.peer().filter(InetAddress::isLoopbackAddress).isPresent() && !origin.forwarded();
        if (!here && !fromAnywhere) {
            throw new ProblemException(AdminProblem.FORBIDDEN.because("The admin API is for this machine only, and not"
                    + " through a proxy. Ask from here, or set wavegate.admin.from-anywhere."));
        }
        OperatorTokens.Verdict verdict = tokens.verify(Router.bearer(authorization), now);
        if (verdict instanceof OperatorTokens.Verdict.Invalid invalid) {
            throw new ProblemException(Problem.unauthenticated(
                    "Not let in: " + invalid.text() + ". `wavegate token --operator NAME` makes a token that counts."));
        }
        return ((OperatorTokens.Verdict.Valid) verdict).operator();
    }
}
