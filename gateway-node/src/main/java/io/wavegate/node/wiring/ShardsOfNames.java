package io.wavegate.node.wiring;

import com.typesafe.config.Config;
import io.wavegate.node.admin.Shards;
import io.wavegate.s2s.entity.S2sLinks;
import io.wavegate.wavelet.entity.WaveletSettings;
import io.wavegate.wavelet.entity.WaveletShards;
import io.wavegate.wavelet.model.WaveletName;
import org.apache.pekko.cluster.sharding.typed.HashCodeMessageExtractor;

/** Which shard sharding puts something in. */
final class ShardsOfNames implements Shards {
    private final HashCodeMessageExtractor<Object> wavelets;
    private final HashCodeMessageExtractor<Object> links;

    ShardsOfNames(Config config) {
        this.wavelets =
                new HashCodeMessageExtractor<>(WaveletSettings.from(config).shards());
        this.links = new HashCodeMessageExtractor<>(config.getInt("pekko.cluster.sharding.number-of-shards"));
    }

    @Override
    public Shard wavelet(WaveletName name) {
        return new Shard(WaveletShards.KIND, wavelets.shardId(name.toUri()));
    }

    @Override
    public Shard link(String local, String remote) {
        return new Shard(S2sLinks.KIND, links.shardId(S2sLinks.entityId(local, remote)));
    }
}
