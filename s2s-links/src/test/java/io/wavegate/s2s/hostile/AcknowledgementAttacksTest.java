package io.wavegate.s2s.hostile;

import static io.wavegate.s2s.hostile.AttackedGateway.BEE;
import static io.wavegate.s2s.hostile.AttackedGateway.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.netty.RawPeer;
import java.io.IOException;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counts of stream management (XEP-0198) that cannot be, and streams to resume that are somebody else's. */
class AcknowledgementAttacksTest {
    private static final String ENABLE = "<enable xmlns='urn:xmpp:sm:3' resume='true'/>";

    @RegisterExtension
    static final AttackedGateway gateway = new AttackedGateway("");

    @ParameterizedTest
    @CsvSource({
        "1, undefined-condition",
        "4294967295, undefined-condition",
        "4294967296, bad-format",
        "9999999999, bad-format",
        "-1, bad-format",
        "1.5, bad-format",
        "99999999999999999999, bad-format",
        "'', bad-format",
    })
    void countOfWhatWasNeverSent(String h, String condition) throws IOException, GeneralSecurityException {
        try (RawPeer bee = gateway.authenticated(BEE)) {
            bee.sends(ENABLE).reads("<enabled");
            bee.sends("<a xmlns='urn:xmpp:sm:3' h='" + h + "'/>");
            assertThat(bee.readsToTheEnd()).contains("<" + condition + " ").endsWith("</stream:stream>");
        }
    }

    @Test
    void secondEnableIsRefusedAndTheFirstCounts() throws IOException, GeneralSecurityException {
        try (RawPeer bee = gateway.authenticated(BEE)) {
            assertThat(bee.sends(ENABLE).reads("/>")).contains("<enabled").doesNotContain("id=", "resume=");
            bee.sends(message(BEE, "counted"));
            AttackedGateway.arrives(gateway.ada, "counted");
            assertThat(bee.sends(ENABLE).reads("</failed>")).contains("<unexpected-request");
            assertThat(bee.sends("<r xmlns='urn:xmpp:sm:3'/>").reads("/>")).contains("h='1'");
        }
    }

    @Test
    void streamOfSomebodyElseIsNotResumed() throws IOException, GeneralSecurityException {
        try (RawPeer bee = gateway.authenticated(BEE)) {
            bee.sends("<resume xmlns='urn:xmpp:sm:3' previd='stolen' h='0'/>");
            assertThat(bee.reads("</failed>")).contains("<item-not-found");
            bee.sends(message(BEE, "goes on"));
            AttackedGateway.arrives(gateway.ada, "goes on");
        }
    }

    @Test
    void nothingIsEnabledOrResumedBeforeAuthentication() throws IOException, GeneralSecurityException {
        for (String early : new String[] {ENABLE, "<resume xmlns='urn:xmpp:sm:3' previd='stolen' h='0'/>"}) {
            try (RawPeer bee = gateway.secured(BEE)) {
                bee.sends(early);
                assertThat(bee.reads("</failed>")).doesNotContain("<enabled", "<resumed");
                bee.sends(message(BEE, "resumed"));
                assertThat(bee.readsToTheEnd()).contains("<not-authorized ");
                gateway.tookNothing();
            }
        }
    }
}
