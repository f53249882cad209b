package io.wavegate.node.fake;

import io.wavegate.node.admin.Shards;
import io.wavegate.wavelet.model.WaveletName;

/** Wavelets are in the shard 8, links with b.test in 9, others in 10. */
final class FakeShards implements Shards {
    @Override
    public Shard wavelet(WaveletName name) {
        return new Shard("wavelet", "8");
    }

    @Override
    public Shard link(String local, String remote) {
        return new Shard("link", remote.equals("b.test") ? "9" : "10");
    }
}
