package io.wavegate.node.http;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;

/** Decides who is an operator. */
@FunctionalInterface
public interface OperatorGate {
    /** No operators: every request is refused. */
    OperatorGate NONE = (authorization, origin, now) -> {
        throw new ProblemException(Problem.notFound("There is no admin API here."));
    };

    /**
     * Where a request comes from.
     *
     * @param peer the other end of its connection, if it is known
     * @param forwarded it says that it went through a proxy
     */
    record Origin(Optional<InetAddress> peer, boolean forwarded) {}

    /**
     * The operator's name.
     *
     * @param authorization the header
     * @throws ProblemException if it is none
     */
    String admit(Optional<String> authorization, Origin origin, Instant now) throws ProblemException;
}
