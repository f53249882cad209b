package io.wavegate.s2s.check;

import io.wavegate.s2s.vouch.KnownVouchers;
import io.wavegate.s2s.vouch.KnownVouchers.Known;
import io.wavegate.s2s.vouch.Voucher;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether the same authority vouches for a domain as before. */
final class VoucherChecks {
    /** A change is told of for so long. */
    private static final Duration NEWS = Duration.ofDays(30);

    private static final String REMEDY =
            "If its operator has changed the authority or the key, all is well. If not, somebody may stand between us: ask"
                    + " the operator by another way than this network";

    private VoucherChecks() {}

    /** @param remembered from streams that were authenticated earlier; nothing is said where nothing is */
    static List<Check> of(String domain, List<ProbeFacts> probes, KnownVouchers remembered, Instant now) {
        if (remembered.all().isEmpty()) {
            return List.of();
        }
        Set<Voucher> shown = new LinkedHashSet<>();
        probes.forEach(probe -> probe.tls().flatMap(TlsFacts::voucher).ifPresent(shown::add));
        return shown.stream()
                .map(voucher -> of(domain, voucher, remembered, now))
                .toList();
    }

    private static Check of(String domain, Voucher shown, KnownVouchers remembered, Instant now) {
        Known newest = remembered.newest().orElseThrow();
        if (!remembered.knows(shown)) {
            return warning("The certificate of " + domain + " is vouched for by " + shown.text()
                    + ", and was until now by " + newest.voucher().text());
        }
        Optional<Known> before = remembered.beforeNewest();
        if (before.isPresent() && newest.since().isAfter(now.minus(NEWS))) {
            return warning("The certificate of " + domain + " is vouched for by "
                    + newest.voucher().text() + " since " + newest.since() + ", and was before by "
                    + before.get().voucher().text());
        }
        return Check.ok(
                Area.TLS,
                "tls.authority",
                "The certificate of " + domain + " is vouched for by " + shown.text() + ", as it was before");
    }

    private static Check warning(String finding) {
        return Check.warning(Area.TLS, "tls.authority", Side.BETWEEN, finding, REMEDY);
    }
}
