package io.wavegate.s2s.reach;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.xml.XmlElement;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnclaimedErrorsTest {
    private static final SeatName ECHO = new SeatName(SeatName.Kind.ACCEPTED, "echo.a.test");
    private static final SeatName OTHER = new SeatName(SeatName.Kind.ACCEPTED, "other.a.test");

    private final UnclaimedErrors errors = new UnclaimedErrors();

    private static XmlElement error(String id) {
        return XmlElement.builder("jabber:server", "message")
                .attribute("id", id)
                .build();
    }

    @Test
    void aComponentGetsItsOwnInOrderAndOnce() {
        errors.keep(ECHO, List.of(error("1"), error("2")), 0);
        errors.keep(OTHER, List.of(error("3")), 0);
        errors.keep(ECHO, List.of(error("4")), 0);

        assertThat(errors.claim(ECHO)).containsExactly(error("1"), error("2"), error("4"));
        assertThat(errors.claim(ECHO)).isEmpty();
        assertThat(errors.isEmpty()).isFalse();
    }

    @Test
    void theyAreGivenUpAfterTenSeconds() {
        errors.keep(ECHO, List.of(error("1"), error("2")), 0);
        errors.keep(ECHO, List.of(error("3")), 5_000);

        assertThat(errors.expire(9_999)).isZero();
        assertThat(errors.expire(10_000)).isEqualTo(2);
        assertThat(errors.claim(ECHO)).containsExactly(error("3"));
    }

    @Test
    void thereAreNeverMoreThanAThousand() {
        assertThat(errors.keep(ECHO, Collections.nCopies(999, error("1")), 0)).isTrue();
        assertThat(errors.keep(OTHER, List.of(error("2"), error("3")), 0)).isFalse();
        assertThat(errors.keep(OTHER, List.of(error("2")), 0)).isTrue();
        errors.claim(ECHO);
        assertThat(errors.keep(OTHER, List.of(error("4")), 0)).isTrue();
    }
}
