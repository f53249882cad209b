package io.wavegate.node.fake;

import io.wavegate.s2s.api.LinkOperations;
import io.wavegate.s2s.api.LinkView;
import io.wavegate.s2s.api.VoucherView;
import io.wavegate.s2s.api.WatchedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Links of a.test and b.test that do what they are told to say. */
public final class FakeLinks implements LinkOperations {
    public final List<String> done = new CopyOnWriteArrayList<>();
    public final List<Consumer<WatchedEvent>> watchers = new CopyOnWriteArrayList<>();
    public final List<LinkView> links = new CopyOnWriteArrayList<>();
    public volatile boolean moving;

    /** A link that is down. */
    public static LinkView down(String local, String remote) {
        return new LinkView(
                local,
                remote,
                "down",
                1_000,
                "",
                "tls-failed: no cipher in common",
                2_000,
                9_000,
                true,
                1,
                17,
                List.of(local + " -> " + remote + " closed"),
                List.of(
                        new LinkView.TraceStep(1_100, "looking for the wave service"),
                        new LinkView.TraceStep(2_000, "tls-failed: no cipher in common")),
                new LinkView.Counters(1, 2, 3, 4, 5, 6));
    }

    /** A link that is up. */
    public static LinkView up(String local, String remote) {
        return new LinkView(
                local,
                remote,
                "up",
                1_000,
                "wave." + remote,
                "",
                0,
                0,
                false,
                0,
                0,
                List.of(local + " -> wave." + remote + " open"),
                List.of(),
                new LinkView.Counters(1, 0, 0, 0, 0, 0));
    }

    @Override
    public List<String> localDomains() {
        return List.of("a.test", "b.test");
    }

    @Override
    public List<String> componentNames() {
        return List.of("echo.a.test");
    }

    @Override
    public CompletionStage<LinkView> link(String local, String remote) {
        return CompletableFuture.completedFuture(down(local, remote));
    }

    @Override
    public CompletionStage<List<LinkView>> links() {
        return CompletableFuture.completedFuture(new ArrayList<>(links));
    }

    @Override
    public CompletionStage<LinkView> retry(String local, String remote) {
        return operated("retry " + local + " " + remote, local, remote);
    }

    @Override
    public CompletionStage<LinkView> close(String local, String remote) {
        return operated("close " + local + " " + remote, local, remote);
    }

    @Override
    public CompletionStage<Optional<VoucherView>> voucher(String domain) {
        return CompletableFuture.completedFuture(
                domain.startsWith("wave.")
                        ? Optional.empty()
                        : Optional.of(new VoucherView("CN=New CA (key 12)", 1_500, "CN=Old CA (key 34)")));
    }

    private CompletionStage<LinkView> operated(String what, String local, String remote) {
        done.add(what);
        return moving
                ? CompletableFuture.failedFuture(new TimeoutException())
                : CompletableFuture.completedFuture(up(local, remote));
    }

    @Override
    public LinkWatch watch(String local, String remote, Consumer<WatchedEvent> watcher) {
        done.add("watch " + local + " " + remote);
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }
}
