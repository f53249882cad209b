package io.wavegate.wavelet.placement;

/** Lets a node take part in running entities. */
public interface Placement {
    /** From now on this node runs entities of the kind, if it has the role, and reaches all of them. */
    <M> EntityRefs<M> place(EntityKind<M> kind);

    /** Tells when nodes have come or gone, and in the beginning. Without a cluster there is the beginning only. */
    default void watchMembers(MembersListener listener) {
        listener.changed(true);
    }
}
