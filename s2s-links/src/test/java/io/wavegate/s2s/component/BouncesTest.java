package io.wavegate.s2s.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.Xml;
import io.wavegate.s2s.stanza.ErrorCondition;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BouncesTest {
    @Test
    void bounceGoesBackWithTheSameIdAndNoPayload() {
        String bounce = Xml.text(Bounces.of(
                        Xml.stanza("<message id='1' from='a@x.test/r' to='b@y.test'><body>secret</body></message>"),
                        ErrorCondition.REMOTE_SERVER_NOT_FOUND,
                        "no such domain")
                .orElseThrow());
        assertThat(bounce)
                .contains("id='1'", "from='b@y.test'", "to='a@x.test/r'", "type='error'")
                .contains("type='cancel'", "<remote-server-not-found", "no such domain")
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<message type='error' from='a.test' to='b.test'/>",
                "<iq type='error' id='1' from='a.test' to='b.test'/>",
                "<iq type='result' id='1' from='a.test' to='b.test'/>",
                "<presence type='error' from='a.test' to='b.test'/>",
                "<presence type='unavailable' from='a.test' to='b.test'/>"
            })
    void answersAndErrorsAreNeverBounced(String stanza) {
        assertThat(Bounces.of(Xml.stanza(stanza), ErrorCondition.REMOTE_SERVER_TIMEOUT, ""))
                .isEmpty();
    }

    @Test
    void routeIsFoundByTheAddressAlone() {
        assertThat(route("<message to='x@echo.a.test/r'/>")).isEqualTo(new ComponentRoute.ToComponent("echo.a.test"));
        assertThat(route("<message to='A.test'/>")).isEqualTo(new ComponentRoute.ToUs("a.test"));
        assertThat(route("<message to='x@b.test'/>")).isEqualTo(new ComponentRoute.ToDomain("b.test"));
        assertThat(route("<message to='x@@b.test'/>"))
                .isInstanceOfSatisfying(ComponentRoute.Nowhere.class, nowhere -> assertThat(nowhere.condition())
                        .isEqualTo(ErrorCondition.JID_MALFORMED));
        assertThat(route("<message/>"))
                .isInstanceOfSatisfying(ComponentRoute.Nowhere.class, nowhere -> assertThat(nowhere.condition())
                        .isEqualTo(ErrorCondition.BAD_REQUEST));
    }

    private static ComponentRoute route(String stanza) {
        return ComponentRoute.of(Xml.stanza(stanza), Set.of("echo.a.test"), "a.test"::equals);
    }
}
