package io.wavegate.node.fake;

import io.wavegate.node.http.Health;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A fitness that the test chooses. */
public record FakeHealth(boolean started, boolean alive, List<String> found) implements Health {
    public static final FakeHealth WELL = new FakeHealth(true, true, List.of());

    @Override
    public CompletionStage<List<String>> problems() {
        return CompletableFuture.completedFuture(found);
    }
}
