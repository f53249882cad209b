package io.wavegate.s2s.api;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** What an operator may look at. */
public interface LinkViews {
    /**
     * One link; made if there is none.
     *
     * @param local our domain, prepared (RFC 7622)
     * @param remote the other domain, prepared
     * @return fails with a {@link java.util.concurrent.TimeoutException} if the link is moving between nodes
     */
    CompletionStage<LinkView> link(String local, String remote);

    /** The links that live on this node, by name, a bounded number of them. Links that end meanwhile are left out. */
    CompletionStage<List<LinkView>> links();
}
