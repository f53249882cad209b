package io.wavegate.s2s.link;

import static io.wavegate.s2s.link.LinkScript.HIS;
import static io.wavegate.s2s.link.LinkScript.OTHER_INFO;
import static io.wavegate.s2s.link.LinkScript.WAVE_HIS;
import static io.wavegate.s2s.link.LinkScript.WAVE_INFO;
import static io.wavegate.s2s.link.LinkScript.items;
import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.resolve.DialWorld;
import io.wavegate.s2s.xml.XmlElement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The whole Wave connection algorithm, link and dials together, on a network and a clock of their own: DNS answers,
 * connections and disco results go in, the next query or the target comes out (spec 2.5, wave-federation 2).
 */
class WaveConnectionTest {
    private final DialWorld world = new DialWorld();
    private final LinkScript script = new LinkScript();

    /** What the peer's services say of themselves, by address. */
    private final Map<String, String> disco = new HashMap<>();

    /** An update is to go out; everything happens that can. */
    private String told() {
        script.ask(LinkScript.message());
        String update = "not sent";
        while (!script.dialled.isEmpty() || !script.sent.isEmpty()) {
            if (!script.dialled.isEmpty()) {
                String remote = script.dialled.get(0).remote();
                world.dial(remote);
                if (world.outcome().isPresent()) {
                    script.opens(remote);
                } else {
                    script.refuses(remote);
                }
                continue;
            }
            XmlElement stanza = script.next();
            String to = stanza.attribute("to").orElseThrow();
            if (stanza.name().local().equals("message")) {
                update = "sent to " + to;
                script.receipt(stanza);
            } else if (disco.containsKey(to + query(stanza))) {
                script.result(stanza, disco.get(to + query(stanza)));
            } else {
                script.error(stanza, "service-unavailable");
            }
        }
        return update;
    }

    private static String query(XmlElement iq) {
        return iq.elements().get(0).name().namespace().replaceFirst(".*#", " ");
    }

    private List<String> places() {
        return world.connects().stream()
                .map(line -> line.replaceFirst(".* connect \\d+ ", ""))
                .toList();
    }

    @Test
    void theServiceThatDiscoListsIsFoundByItsOwnSrv() {
        world.srv(HIS, "0 0 5269 host.test")
                .srv("fed." + HIS, "0 0 15269 fed.test")
                .srv(WAVE_HIS, "0 0 0 .")
                .host("host.test", "8.8.8.8")
                .host("fed.test", "8.8.4.4")
                .up("8.8.8.8", 5269, 10)
                .up("8.8.4.4", 15_269, 10);
        disco.put(HIS + " items", items("conference." + HIS, "fed." + HIS));
        disco.put(HIS + " info", OTHER_INFO);
        disco.put("fed." + HIS + " info", WAVE_INFO);
        assertThat(told()).isEqualTo("sent to fed." + HIS);
        assertThat(places()).containsExactly("8.8.8.8 5269", "8.8.4.4 15269");
    }

    @Test
    void withNothingInDiscoTheNameIsGuessed() {
        world.srv(HIS, "0 0 5269 host.test")
                .srv(WAVE_HIS, "0 0 15269 host.test")
                .host("host.test", "8.8.8.8")
                .up("8.8.8.8", 5269, 10)
                .up("8.8.8.8", 15_269, 10);
        disco.put(HIS + " items", items());
        disco.put(HIS + " info", OTHER_INFO);
        disco.put(WAVE_HIS + " info", WAVE_INFO);
        assertThat(told()).isEqualTo("sent to " + WAVE_HIS);
        assertThat(places()).containsExactly("8.8.8.8 5269", "8.8.8.8 15269");
    }

    @Test
    void theGuessWorksWithoutAnyServerForTheDomainItself() {
        world.host(WAVE_HIS, "8.8.8.8").up("8.8.8.8", 5269, 10);
        disco.put(WAVE_HIS + " info", WAVE_INFO);
        assertThat(told()).isEqualTo("sent to " + WAVE_HIS);
        assertThat(places()).containsExactly("8.8.8.8 5269");
    }

    @Test
    void theDomainItselfMayBeTheServiceAndThenItsStreamIsUsedAgain() {
        world.srv(HIS, "0 0 5269 host.test").host("host.test", "8.8.8.8").up("8.8.8.8", 5269, 10);
        disco.put(HIS + " items", items());
        disco.put(HIS + " info", WAVE_INFO);
        assertThat(told()).isEqualTo("sent to " + HIS);
        assertThat(places()).containsExactly("8.8.8.8 5269");
    }

    @Test
    void aDomainWithoutWaveIsSaidSo() {
        world.srv(HIS, "0 0 5269 host.test").host("host.test", "8.8.8.8").up("8.8.8.8", 5269, 10);
        disco.put(HIS + " items", items());
        disco.put(HIS + " info", OTHER_INFO);
        assertThat(told()).isEqualTo("not sent");
        assertThat(script.outcomes.values()).singleElement().asString().contains("has not the feature");
    }

    @Test
    void deadAndHangingTargetsFirstCostTimeAndNotTheUpdate() {
        world.srv(HIS, "0 0 5269 dead.test", "1 0 5269 hole.test", "2 0 5269 host.test")
                .srv(WAVE_HIS, "0 0 5269 dead.test", "1 0 5269 host.test")
                .host("dead.test", "8.8.8.1")
                .host("hole.test", "8.8.8.2")
                .host("host.test", "2600::1", "8.8.8.3")
                .refuses("8.8.8.1", 5269)
                .up("8.8.8.3", 5269, 10);
        disco.put(HIS + " items", items());
        disco.put(HIS + " info", OTHER_INFO);
        disco.put(WAVE_HIS + " info", WAVE_INFO);
        assertThat(told()).isEqualTo("sent to " + WAVE_HIS);
        assertThat(places())
                .containsExactly(
                        "8.8.8.1 5269",
                        "8.8.8.2 5269",
                        "2600:0:0:0:0:0:0:1 5269",
                        "8.8.8.3 5269",
                        // The dead ones are known by now, whoever led there.
                        "2600:0:0:0:0:0:0:1 5269",
                        "8.8.8.3 5269");
    }
}
