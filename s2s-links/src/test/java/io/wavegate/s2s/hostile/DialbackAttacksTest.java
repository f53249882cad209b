package io.wavegate.s2s.hostile;

import static io.wavegate.s2s.hostile.AttackedGateway.ADA;
import static io.wavegate.s2s.hostile.AttackedGateway.BEE;
import static io.wavegate.s2s.hostile.AttackedGateway.MALLORY;
import static io.wavegate.s2s.hostile.AttackedGateway.message;
import static io.wavegate.s2s.netty.LoopbackGateway.good;
import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.lab.LabCertificate;
import io.wavegate.s2s.netty.RawPeer;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dialback as the way in: answers that nobody asked for, keys of other streams, and questions without end. */
class DialbackAttacksTest {
    private static final int MANY = 10_000;
    private static final int AT_ONCE = 100;

    @RegisterExtension
    static final AttackedGateway gateway = new AttackedGateway("");

    /** CVE-2012-3525 and its many siblings. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<db:result from='bee.example' to='ada.example' type='valid'/>",
                "<db:result from='bee.example' to='ada.example' type='valid'>key</db:result>",
                "<db:result from='ada.example' to='bee.example' type='valid'/>",
                "<db:verify from='bee.example' to='ada.example' id='1' type='valid'/>",
                "<db:verify from='ada.example' to='bee.example' id='1' type='valid'/>",
            })
    void answerThatNobodyAskedFor(String answer) throws IOException, GeneralSecurityException {
        try (RawPeer stranger = gateway.secured(BEE, good(MALLORY))) {
            stranger.sends(answer).sends(message(BEE, "before"));
            assertThat(stranger.readsToTheEnd()).contains("<not-authorized ");
        }
        try (RawPeer mallory = gateway.authenticated(MALLORY)) {
            mallory.sends(answer).sends(message(BEE, "after"));
            assertThat(mallory.readsToTheEnd()).contains("<invalid-from ");
        }
        gateway.tookNothing();
    }

    /** CVE-2021-32919: the short way asks for all of the certificate, else the authoritative server is asked, here in vain. */
    @Test
    void dialbackWithoutDiallingBackUnderABadCertificate() throws IOException, GeneralSecurityException {
        LabCertificate strangers = LabCertificate.request(BEE).dns(BEE).signedBy(LabCertificate.authority("Strangers"));
        for (LabCertificate certificate : new LabCertificate[] {good(MALLORY), strangers}) {
            try (RawPeer stranger = gateway.secured(BEE, certificate)) {
                stranger.sends("<db:result from='bee.example' to='ada.example'>key</db:result>");
                assertThat(stranger.reads("</db:result>"))
                        .contains("type='error'")
                        .contains("<remote-server-not-found ");
                stranger.sends(message(BEE, "trusted"));
                assertThat(stranger.readsToTheEnd()).contains("<not-authorized ");
            }
        }
        gateway.tookNothing();
    }

    @Test
    void requestForOurOwnDomain() throws IOException, GeneralSecurityException {
        try (RawPeer mallory = gateway.authenticated(MALLORY)) {
            mallory.sends("<db:result from='ada.example' to='ada.example'>key</db:result>");
            assertThat(mallory.reads("</db:result>")).contains("<not-acceptable ");
            mallory.sends("<db:result from='mallory.example' to='other.example'>key</db:result>");
            assertThat(mallory.reads("</db:result>")).contains("<item-not-found ");
        }
    }

    /** A key that we made proves one stream of one pair, and nothing else. */
    @Test
    void keyCountsForItsStreamAlone() throws Exception {
        try (HostileServer eve = new HostileServer("eve.example");
                RawPeer mallory = gateway.authenticated(MALLORY)) {
            gateway.network.put("eve.example", eve.address());
            eve.script(server -> {
                server.opens("live-id", HostileServer.DIALBACK);
                server.waits();
            });
            var opening = gateway.ada.streams.open(new io.wavegate.s2s.stream.DomainPair(ADA, "eve.example"));
            String key = keyIn(eve.heard("</db:result>"));
            assertThat(verdict(mallory, "eve.example", "live-id", "0".repeat(key.length())))
                    .isEqualTo("invalid");
            assertThat(verdict(mallory, "eve.example", "another-id", key)).isEqualTo("invalid");
            assertThat(verdict(mallory, MALLORY, "live-id", key)).isEqualTo("invalid");
            assertThat(verdict(mallory, "eve.example", "live-id", key + "0")).isEqualTo("invalid");
            assertThat(verdict(mallory, "eve.example", "live-id", key)).isEqualTo("valid");
            eve.close();
            assertThat(opening.toCompletableFuture()).failsWithin(java.time.Duration.ofSeconds(30));
        }
    }

    private static String keyIn(String request) {
        Matcher key =
                Pattern.compile("<db:result [^>]*>([0-9a-f]+)</db:result>").matcher(request);
        assertThat(key.find()).as(request).isTrue();
        return key.group(1);
    }

    private static String verdict(RawPeer asker, String from, String id, String key) throws IOException {
        asker.sends("<db:verify from='" + from + "' to='ada.example' id='" + id + "'>" + key + "</db:verify>");
        Matcher type = Pattern.compile("type='(\\w+)'").matcher(asker.reads("/>"));
        assertThat(type.find()).isTrue();
        return type.group(1);
    }

    @Test
    void tenThousandPairsOnOneStream() throws IOException, GeneralSecurityException {
        try (RawPeer mallory = gateway.authenticated(MALLORY)) {
            for (int from = 0; from < MANY; from += AT_ONCE) {
                StringBuilder requests = new StringBuilder();
                for (int i = from; i < from + AT_ONCE; i++) {
                    requests.append("<db:result from='n").append(i).append(".example' to='ada.example'>k</db:result>");
                }
                mallory.sends(requests.toString());
                for (int i = 0; i < AT_ONCE; i++) {
                    assertThat(mallory.reads("</db:result>"))
                            .containsAnyOf("<resource-constraint ", "<remote-server-not-found ");
                }
            }
            mallory.sends(message(MALLORY, "alive"));
            AttackedGateway.arrives(gateway.ada, "alive");
        }
    }
}
