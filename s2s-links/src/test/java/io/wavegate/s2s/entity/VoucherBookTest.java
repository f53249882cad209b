package io.wavegate.s2s.entity;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.persistence.journal.Journal;
import io.wavegate.persistence.memory.InMemoryJournal;
import io.wavegate.s2s.vouch.KnownVouchers;
import io.wavegate.s2s.vouch.KnownVouchers.Known;
import io.wavegate.s2s.vouch.Voucher;
import io.wavegate.s2s.vouch.Voucher.Kind;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A machine in the middle with a valid certificate (jabber.ru, 2023) shows itself by who vouches for it. */
class VoucherBookTest {
    private static final String BEE = "bee.example";
    private static final Voucher OLD = new Voucher(Kind.AUTHORITY, "CN=Old CA", "0a");
    private static final Voucher NEW = new Voucher(Kind.AUTHORITY, "CN=New CA", "0b");

    private final Journal journal = new InMemoryJournal();
    private Instant now = Instant.parse("2026-11-21T06:00:00Z");

    private VoucherBook book() {
        return new VoucherBook(journal, () -> now);
    }

    private static long alarms(VoucherBook book) {
        return book.meters().get(0).value().getAsLong();
    }

    private static KnownVouchers known(VoucherBook book, String domain) {
        return book.known(domain)
                .toCompletableFuture()
                .orTimeout(5, TimeUnit.SECONDS)
                .join();
    }

    @Test
    void renewalIsSilentAndAChangeOfAuthorityAlarmsOnce() {
        VoucherBook book = book();
        book.authenticated(BEE, OLD);
        book.authenticated(BEE, OLD);
        assertThat(alarms(book)).isZero();
        book.authenticated(BEE, NEW);
        book.authenticated(BEE, NEW);
        book.authenticated(BEE, OLD);
        assertThat(alarms(book)).isEqualTo(1);
        book.authenticated("cat.example", NEW);
        assertThat(alarms(book)).as("another domain has its own").isEqualTo(1);
    }

    @Test
    void whoVouchedIsRememberedOverARestart() {
        book().authenticated(BEE, OLD);
        VoucherBook restarted = book();
        assertThat(known(restarted, BEE).newest()).contains(new Known(OLD, now));
        restarted.authenticated(BEE, OLD);
        assertThat(alarms(restarted)).isZero();
        now = now.plusSeconds(60);
        restarted.authenticated(BEE, NEW);
        assertThat(alarms(restarted)).isEqualTo(1);
        VoucherBook again = book();
        again.authenticated(BEE, NEW);
        assertThat(alarms(again)).isZero();
        assertThat(known(again, BEE).newest()).contains(new Known(NEW, now));
        assertThat(known(again, BEE).beforeNewest().map(Known::voucher)).contains(OLD);
    }

    @Test
    void whatAnotherNodeHasSeenIsNoChange() {
        VoucherBook here = book();
        VoucherBook there = book();
        here.authenticated(BEE, OLD);
        there.authenticated(BEE, NEW);
        here.authenticated(BEE, NEW);
        assertThat(alarms(there)).isEqualTo(1);
        assertThat(alarms(here)).isZero();
    }

    @Test
    void strangersFillNeitherTheStoreNorTheLog() {
        VoucherBook book = book();
        for (int i = 0; i < 3_000; i++) {
            book.authenticated(BEE, new Voucher(Kind.KEY, "CN=x", "key" + i));
            book.authenticated("made-up-" + i + ".example", OLD);
        }
        assertThat(alarms(book)).isEqualTo(100);
        assertThat(journal.members(VoucherBook.PREFIX + BEE, "", 100)
                        .toCompletableFuture()
                        .join())
                .hasSize(KnownVouchers.MAX);
        assertThat(journal.sets(VoucherBook.PREFIX, "", 10_000)
                        .toCompletableFuture()
                        .join())
                .hasSize(1_000);
        now = now.plusSeconds(3_601);
        book.authenticated("late.example", OLD);
        assertThat(known(book, "late.example").newest()).isPresent();
    }
}
