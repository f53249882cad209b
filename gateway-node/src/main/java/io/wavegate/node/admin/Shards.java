package io.wavegate.node.admin;

import io.wavegate.wavelet.model.WaveletName;

/** Tells which shard something is in. */
public interface Shards {
    /**
     * A shard.
     *
     * @param kind of entities
     * @param id among those of its kind
     */
    record Shard(String kind, String id) {}

    /** Of a wavelet. */
    Shard wavelet(WaveletName name);

    /** Of the link of two domains. */
    Shard link(String local, String remote);
}
