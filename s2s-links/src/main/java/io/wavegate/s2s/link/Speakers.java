package io.wavegate.s2s.link;

import io.wavegate.s2s.federation.Discovery;
import io.wavegate.s2s.federation.Discovery.Status;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Questions whether an address speaks for the remote domain, waiting for discovery to tell. Only an address that the
 * domain's own discovery leads to does: a sub-domain proves nothing for its domain by its name alone.
 */
final class Speakers {
    /** More questions than this at once are answered no: their askers will ask again. */
    private static final int MAX_WAITING = 256;

    private final List<LinkInput.Confirm> waiting = new ArrayList<>();

    /**
     * Answers at once what needs no discovery, else keeps the question.
     *
     * @param tooSoon the domain was looked for just now, in vain
     * @return whether the domain has to be looked for
     */
    boolean ask(LinkInput.Confirm confirm, String remote, Status status, boolean tooSoon, List<LinkEffect> effects) {
        boolean unknown = status instanceof Status.Unknown;
        if (confirm.address().equals(remote) || tooSoon || (unknown && !confirm.find())) {
            effects.add(
                    new LinkEffect.Confirm(confirm.token(), confirm.address().equals(remote)));
            return false;
        }
        waiting.add(confirm);
        return unknown;
    }

    /** Answers what can be answered. */
    void resolve(Discovery discovery, List<LinkEffect> effects) {
        for (Iterator<LinkInput.Confirm> all = waiting.iterator(); all.hasNext(); ) {
            LinkInput.Confirm confirm = all.next();
            boolean speaks = discovery.isSpeaker(confirm.address());
            boolean open = discovery.mayBecomeSpeaker(confirm.address()) && waiting.size() <= MAX_WAITING;
            if (speaks || !open) {
                all.remove();
                effects.add(new LinkEffect.Confirm(confirm.token(), speaks));
            }
        }
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }
}
