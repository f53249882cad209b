package io.wavegate.s2s.vouch;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.vouch.KnownVouchers.Known;
import io.wavegate.s2s.vouch.KnownVouchers.Seen;
import io.wavegate.s2s.vouch.Voucher.Kind;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownVouchersTest {
    private static final Instant NOW = Instant.parse("2026-11-21T06:00:00Z");
    private static final Voucher OLD = new Voucher(Kind.AUTHORITY, "CN=Old CA", "0a");
    private static final Voucher NEW = new Voucher(Kind.AUTHORITY, "CN=New CA", "0b");

    @Test
    void theFirstIsNoChange() {
        Seen seen = KnownVouchers.NONE.seen(OLD, NOW);
        assertThat(seen.added()).contains(new Known(OLD, NOW));
        assertThat(seen.before()).isEmpty();
    }

    @Test
    void renewalByTheSameAuthorityIsNothingNew() {
        KnownVouchers known = KnownVouchers.NONE.seen(OLD, NOW).after();
        Seen renewed =
                known.seen(new Voucher(Kind.AUTHORITY, "CN=Old CA, written otherwise", "0a"), NOW.plusSeconds(9));
        assertThat(renewed.added()).isEmpty();
        assertThat(renewed.before()).isEmpty();
    }

    @Test
    void anotherAuthorityIsAChangeOnceAndGoingBackIsNone() {
        Seen changed = KnownVouchers.NONE.seen(OLD, NOW).after().seen(NEW, NOW.plusSeconds(1));
        assertThat(changed.before()).contains(new Known(OLD, NOW));
        assertThat(changed.after().seen(NEW, NOW.plusSeconds(2)).before()).isEmpty();
        assertThat(changed.after().seen(OLD, NOW.plusSeconds(3)).before()).isEmpty();
    }

    @Test
    void theSameAuthorityForAnotherNameIsAChange() {
        KnownVouchers known = KnownVouchers.NONE.seen(OLD, NOW).after();
        assertThat(known.seen(new Voucher(Kind.AUTHORITY_OF_ANOTHER_NAME, "CN=Old CA", "0a"), NOW)
                        .before())
                .isPresent();
        assertThat(known.seen(new Voucher(Kind.KEY, "CN=Old CA", "0a"), NOW).before())
                .as("no authority vouches any more")
                .isPresent();
    }

    @Test
    void noMoreThanAFewAreRememberedTheOldestGoes() {
        KnownVouchers known = KnownVouchers.NONE;
        for (int i = 0; i < KnownVouchers.MAX; i++) {
            known = known.seen(new Voucher(Kind.KEY, "CN=x", "key" + i), NOW.plusSeconds(i))
                    .after();
        }
        Seen more = known.seen(NEW, NOW.plusSeconds(99));
        assertThat(more.after().all()).hasSize(KnownVouchers.MAX);
        assertThat(more.dropped())
                .hasValueSatisfying(
                        dropped -> assertThat(dropped.voucher().key()).isEqualTo("key0"));
    }

    @Test
    void whatIsKeptIsReadAgain() {
        Known known = new Known(new Voucher(Kind.KEY, "CN=a b, O=\u0000\n \ud800 c", "0c"), NOW);
        assertThat(known.voucher().name()).isEqualTo("CN=a b, O=?? ? c");
        assertThat(Known.decode(known.encode())).contains(known);
        assertThat(Known.decode("FUTURE 0c 12 CN=x")).isEmpty();
        assertThat(Known.decode("KEY 0c never CN=x")).isEmpty();
        assertThat(Known.decode("KEY")).isEmpty();
        Known twice = new Known(known.voucher(), NOW.plusSeconds(5));
        assertThat(KnownVouchers.of(List.of(twice, known)).all()).containsExactly(known);
        assertThat(new Voucher(Kind.KEY, "x".repeat(10_000), "0c").name()).hasSize(Voucher.MAX_NAME);
    }
}
