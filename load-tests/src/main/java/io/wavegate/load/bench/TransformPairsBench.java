package io.wavegate.load.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.wavegate.load.Inputs;
import io.wavegate.wavelet.conformance.VectorFile;
import io.wavegate.wavelet.conformance.VectorJson;
import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.ot.DocOpTransformer;
import io.wavegate.wavelet.ot.TransformedPair;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Transformation of the random pairs of document operations in the vectors, one after the other on one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TransformPairsBench {
    private final List<DocOp> clients = new ArrayList<>();
    private final List<DocOp> servers = new ArrayList<>();
    private int next;

    @Setup
    public void read() throws IOException {
        VectorFile file = VectorFile.read(Inputs.vector("transform.json"));
        for (JsonNode pair : file.cases()) {
            if (pair.path("kind").asText().equals("doc") && !pair.has("error")) {
                clients.add(VectorJson.docOp(pair.get("client")));
                servers.add(VectorJson.docOp(pair.get("server")));
            }
        }
    }

    @Benchmark
    public TransformedPair transformPair() {
        next = next + 1 == clients.size() ? 0 : next + 1;
        return DocOpTransformer.transform(clients.get(next), servers.get(next));
    }
}
