package io.wavegate.node.admin;

import io.wavegate.node.http.Problem;

/** Reasons that only the admin API has. */
public enum AdminProblem {
    /** Not from where operators may be. */
    FORBIDDEN(403),
    /** Several of our domains could be meant. */
    WHICH_DOMAIN(409),
    /** As many watches as may be are under way. */
    TOO_MANY_WATCHES(429),
    /** The link is moving between nodes, or the node is not ready. */
    UNAVAILABLE(503);

    private final int status;

    AdminProblem(int status) {
        this.status = status;
    }

    /** HTTP status. */
    public int status() {
        return status;
    }

    Problem because(String detail) {
        return new Problem(status, name(), detail);
    }
}
