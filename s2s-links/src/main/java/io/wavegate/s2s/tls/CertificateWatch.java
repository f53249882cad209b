package io.wavegate.s2s.tls;

import io.wavegate.s2s.api.CertificateView;
import io.wavegate.s2s.api.CertificateViews;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the files of our certificates now and then, and hands out what takes their place; says in the log what operators
 * should know of them. Files are polled: file systems over the network and symbolic links notify nobody.
 */
public final class CertificateWatch implements CertificateViews, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateWatch.class);

    private final List<WatchedCertificate> watched;
    private final Optional<WatchedAnchors> anchors;
    private final Clock clock;
    private final BiConsumer<CertificateSource, DomainCertificate> replaced;
    private final ScheduledExecutorService executor;
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    /**
     * A certificate that is in use already.
     *
     * @param source its files
     * @param certificate as it was read from them
     */
    public record Loaded(CertificateSource source, DomainCertificate certificate) {}

    private CertificateWatch(
            List<Loaded> loaded,
            Optional<WatchedAnchors> anchors,
            CertificateAdvice advice,
            Clock clock,
            BiConsumer<CertificateSource, DomainCertificate> replaced) {
        this.anchors = anchors;
        this.clock = clock;
        this.replaced = replaced;
        Instant now = clock.instant();
        watched = loaded.stream()
                .map(one -> new WatchedCertificate(one.source(), one.certificate(), advice, now))
                .toList();
        executor = Executors.newSingleThreadScheduledExecutor(CertificateWatch::daemon);
    }

    /**
     * Says what is to be said of the certificates in use, and looks at their files from now on.
     *
     * @param anchors the authorities of others, looked at with them; empty if none are in files
     * @param interval from one look to the next; zero for no looks but those asked for by {@link #reload}
     * @param replaced told of each certificate that is in order, before it shows up in {@link #certificates}
     */
    public static CertificateWatch start(
            List<Loaded> loaded,
            Optional<WatchedAnchors> anchors,
            CertificateAdvice advice,
            Duration interval,
            Clock clock,
            BiConsumer<CertificateSource, DomainCertificate> replaced) {
        CertificateWatch watch = new CertificateWatch(loaded, anchors, advice, clock, replaced);
        watch.advise();
        long millis = interval.toMillis();
        if (millis > 0) {
            watch.executor.scheduleWithFixedDelay(watch::look, millis, millis, TimeUnit.MILLISECONDS);
        }
        return watch;
    }

    private synchronized void advise() {
        Instant now = clock.instant();
        for (WatchedCertificate one : watched) {
            one.reminder(now);
            one.advice(now).forEach(advice -> LOG.warn("{}", advice.text()));
        }
    }

    private void look() {
        look(false);
    }

    @Override
    public void reload() {
        look(true);
    }

    private synchronized void look(boolean settled) {
        Instant now = clock.instant();
        // First: a new authority may be what makes a new certificate good.
        anchors.ifPresent(watchedAnchors -> lookAtAnchors(watchedAnchors, settled));
        for (WatchedCertificate one : watched) {
            try {
                String fingerprint =
                        FileFingerprint.of(one.source().chain(), one.source().key());
                (settled ? one.settled(fingerprint, now) : one.look(fingerprint, now))
                        .ifPresent(outcome -> tell(one, outcome, now));
                one.reminder(now).ifPresent(text -> LOG.warn("{}", text));
            } catch (RuntimeException e) {
                // One domain's trouble must not end the watch over the others.
                LOG.error(
                        "Looking at the certificate of {} failed; it is tried again.",
                        one.source().domain(),
                        e);
            }
        }
    }

    private static void lookAtAnchors(WatchedAnchors anchors, boolean settled) {
        try {
            anchors.look(settled).ifPresent(outcome -> {
                if (outcome instanceof WatchedAnchors.Outcome.Taken taken) {
                    LOG.info(
                            "The trust anchors are new; {} authorities vouch for other domains on new connections.",
                            taken.authorities());
                } else {
                    LOG.error("{}", ((WatchedAnchors.Outcome.Refused) outcome).text());
                }
            });
        } catch (RuntimeException e) {
            LOG.error("Looking at the trust anchors failed; it is tried again.", e);
        }
    }

    private void tell(WatchedCertificate one, WatchedCertificate.Outcome outcome, Instant now) {
        if (outcome instanceof WatchedCertificate.Outcome.Refused no) {
            refused.incrementAndGet();
            LOG.error("{}", no.text());
            return;
        }
        DomainCertificate certificate = ((WatchedCertificate.Outcome.Taken) outcome).certificate();
        taken.incrementAndGet();
        LOG.info(
                "The certificate of {} in {} is new and in use for new connections; it ends at {}.",
                one.source().domain(),
                one.source().chain(),
                certificate.notAfter());
        one.advice(now).forEach(advice -> LOG.warn("{}", advice.text()));
        replaced.accept(one.source(), certificate);
    }

    @Override
    public synchronized List<CertificateView> certificates() {
        Instant now = clock.instant();
        return watched.stream().map(one -> view(one, now)).toList();
    }

    private static CertificateView view(WatchedCertificate one, Instant now) {
        X509Certificate leaf = one.current().leaf();
        return new CertificateView(
                one.source().domain(),
                one.source().use().name().toLowerCase(Locale.ROOT),
                leaf.getSubjectX500Principal().getName(),
                leaf.getIssuerX500Principal().getName(),
                CertificateIdentity.names(leaf),
                leaf.getNotBefore().getTime(),
                one.current().notAfter().toEpochMilli(),
                one.since().toEpochMilli(),
                one.problem(),
                one.advice(now).stream().map(CertificateProblem::text).toList());
    }

    @Override
    public long taken() {
        return taken.get();
    }

    @Override
    public long refused() {
        return refused.get();
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "wavegate-certificates");
        thread.setDaemon(true);
        return thread;
    }
}
