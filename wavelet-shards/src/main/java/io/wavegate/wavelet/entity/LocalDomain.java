package io.wavegate.wavelet.entity;

import io.wavegate.wavelet.trust.DeltaSigner;

/** One of our domains. Its signer may be replaced at any time; a delta is signed by one and told with that one's chain. */
public final class LocalDomain {
    private final String name;
    private volatile DeltaSigner signer;
    private volatile Keeper keeper = unused -> true;

    /** Keeps signers' chains where others can ask for them. */
    interface Keeper {
        /** False if the chain does not hold, and is not kept. */
        boolean keeps(DeltaSigner signer);
    }

    /**
     * A domain of ours.
     *
     * @param name the domain
     * @param signer signs the deltas of its users
     */
    public LocalDomain(String name, DeltaSigner signer) {
        this.name = name;
        this.signer = signer;
    }

    /** The domain. */
    public String name() {
        return name;
    }

    /** Who signs now. */
    public DeltaSigner signer() {
        return signer;
    }

    /**
     * Signs by another key from now on. The chains of those before stay where others can ask for them.
     *
     * @return false if its certificates do not hold by our own trust anchors, so that others would refuse our deltas; the
     *     one before then goes on
     */
    public boolean replace(DeltaSigner replacement) {
        boolean kept = keeper.keeps(replacement);
        if (kept) {
            signer = replacement;
        }
        return kept;
    }

    /** Has the present signer's chain kept, and that of each one to come before it signs. */
    void keptBy(Keeper store) {
        keeper = store;
        // The first signs even if its chain does not hold, of which the operator is told: there is no other.
        store.keeps(signer);
    }
}
