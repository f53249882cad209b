package io.wavegate.s2s.check;

/** Who can do something about a finding. */
public enum Side {
    /** Nobody has to. */
    NOBODY,
    /** We: this gateway, its configuration, its machine or network. */
    OURS,
    /** The operator of the other domain. */
    REMOTE,
    /** It cannot be told from here: either side, or the network between. */
    BETWEEN
}
