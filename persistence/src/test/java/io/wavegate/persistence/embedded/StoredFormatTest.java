package io.wavegate.persistence.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.wavegate.persistence.journal.StoredEvent;
import io.wavegate.persistence.journal.StoredSnapshot;
import io.wavegate.persistence.journal.StreamId;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The bytes on the disk, which every later release has to read. A test that fails here is right: the change is not. */
class StoredFormatTest {
    private static final byte[] STREAM = Keys.stream(new StreamId("hosted", "é/w"));

    @Test
    void keysAreNamesEndedByNulAndBigEndianPositions() {
        assertThat(hex(STREAM)).isEqualTo("686f7374656400" + "c3a92f7700");
        assertThat(hex(Keys.event(STREAM, 0x0102030405060708L)))
                .isEqualTo("686f7374656400" + "c3a92f7700" + "0102030405060708");
        assertThat(hex(Keys.hint(STREAM, "a"))).isEqualTo("686f7374656400" + "c3a92f7700" + "61");
        assertThat(hex(Keys.member("set", "m"))).isEqualTo("73657400" + "6d");
    }

    @Test
    void valuesAreLengthOfTheManifestManifestAndPayload() {
        StoredEvent event = new StoredEvent(5, "d-1", ByteString.copyFromUtf8("xyz"));
        StoredSnapshot snapshot = new StoredSnapshot(258, "w-1", ByteString.copyFromUtf8("xyz"));

        assertThat(hex(Values.event(event))).isEqualTo("0003" + "642d31" + "78797a");
        assertThat(hex(Values.snapshot(snapshot))).isEqualTo("0000000000000102" + "0003" + "772d31" + "78797a");
        assertThat(hex(Values.head(258))).isEqualTo("0000000000000102");
    }

    @Test
    void whatIsWrittenReadsBack() {
        StoredEvent event = new StoredEvent(5, "d-1", ByteString.copyFromUtf8("xyz"));
        StoredSnapshot snapshot = new StoredSnapshot(258, "w-1", ByteString.EMPTY);

        assertThat(Values.event(5, Values.event(event))).isEqualTo(event);
        assertThat(Values.snapshot(Values.snapshot(snapshot))).isEqualTo(snapshot);
        assertThat(Values.head(Values.head(Long.MAX_VALUE))).isEqualTo(Long.MAX_VALUE);
        assertThat(Keys.position(Keys.event(STREAM, Long.MAX_VALUE))).isEqualTo(Long.MAX_VALUE);
        assertThat(Keys.setOf(Keys.member("set", "m"))).isEqualTo("set");
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
