package io.wavegate.load.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.xml.XmlElement;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletName;
import io.wavegate.wavelet.trust.DeltaSigner;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A running gateway with a hostile domain at it: each test has a fresh wavelet with mallory of that domain on it, and after each
 * the honest people go on.
 */
class HostileFixture {
    static final ParticipantId MALLORY = new ParticipantId("mallory@" + HostileDomain.NAME);
    static final String DOCUMENT = "b+hostile";

    static HostileWave wave;
    static HostileDomain hostile;

    /** The hostile domain's own signer, which is good. */
    static DeltaSigner own;

    WaveletName wavelet;
    HashedVersion head;

    @BeforeAll
    static void startWave(@TempDir Path folder) throws Exception {
        wave = HostileWave.start(folder);
        hostile = wave.hostile();
        own = wave.own();
    }

    @AfterAll
    static void endWave() throws Exception {
        wave.close();
    }

    @BeforeEach
    void waveWithMalloryOnIt() throws Exception {
        wavelet = wave.waveOf(MALLORY);
        head = wave.version(wavelet);
    }

    @AfterEach
    void honestPeopleGoOn() {
        wave.honestPeopleGoOn();
    }

    /** The answer is this error, and nothing has come of what was asked. */
    void refused(XmlElement answer, String condition, String words) throws Exception {
        assertThat(answer.attribute("type")).as(answer.toString()).contains("error");
        assertThat(answer.toString()).contains(condition).contains(words);
        assertThat(wave.version(wavelet)).isEqualTo(head);
    }
}
