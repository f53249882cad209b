package io.wavegate.node.client;

import java.io.IOException;

/** The gateway refused a request of the client. */
public final class ClientException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient ApiProblem problem;

    public ClientException(ApiProblem problem) {
        super(problem.reason() + ": " + problem.detail());
        this.problem = problem;
    }

    public ApiProblem problem() {
        return problem;
    }
}
