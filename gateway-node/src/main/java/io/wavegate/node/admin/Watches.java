package io.wavegate.node.admin;

import io.wavegate.node.http.LineStream;
import io.wavegate.node.http.ProblemException;
import io.wavegate.s2s.api.LinkOperations;
import io.wavegate.s2s.api.LinkOperations.LinkWatch;
import io.wavegate.s2s.api.WatchedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Watches of links under way, a bounded number. Each has a bounded buffer; a watcher who reads more slowly than the link
 * talks is cut off, since the link does not wait for him and a gap that nobody sees would mislead.
 */
final class Watches {
    private static final int BUFFER = 1_024;

    private final LinkOperations links;
    private final int most;
    private final AtomicInteger underWay = new AtomicInteger();

    Watches(LinkOperations links, int most) {
        this.links = links;
        this.most = most;
    }

    /** Number of those under way. */
    int underWay() {
        return underWay.get();
    }

    LineStream begin(List<String> locals, String remote) throws ProblemException {
        if (underWay.incrementAndGet() > most) {
            underWay.decrementAndGet();
            throw new ProblemException(AdminProblem.TOO_MANY_WATCHES.because("There are " + most
                    + " watches under way already (wavegate.admin.max-watches). End another first."));
        }
        Watch watch = new Watch();
        for (String local : locals) {
            watch.taps.add(links.watch(local, remote, watch::show));
        }
        return new LineStream(watch.lines, watch::end);
    }

    private final class Watch {
        private final SubmissionPublisher<String> lines = new SubmissionPublisher<>(ForkJoinPool.commonPool(), BUFFER);
        private final List<LinkWatch> taps = new ArrayList<>();
        private final AtomicBoolean over = new AtomicBoolean();

        private void show(WatchedEvent event) {
            if (lines.hasSubscribers() && lines.offer(LinkJson.of(event).toString(), null) < 0) {
                lines.closeExceptionally(new IllegalStateException("The watcher reads too slowly."));
                end();
            }
        }

        private void end() {
            if (over.compareAndSet(false, true)) {
                taps.forEach(LinkWatch::close);
                lines.close();
                underWay.decrementAndGet();
            }
        }
    }
}
