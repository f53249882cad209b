package io.wavegate.load.sim.stream;

import io.wavegate.s2s.stream.PeerCertificate;
import io.wavegate.s2s.stream.PresentedCertificate;
import io.wavegate.s2s.vouch.Authority;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Stands for TLS: where a handshake is asked for, each side says one word, first the one that dialled, with the domain of its
 * certificate and whether an authority vouches for it. Then bytes pass as they are.
 */
final class NoTls {
    private static final byte HANDSHAKE = 0x16;
    private static final Instant END = Instant.ofEpochMilli(2_900_000_000_000L);
    private static final Authority AUTHORITY = new Authority("CN=authority of the simulation", "00");

    private ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private byte[] behind = new byte[0];

    /** What has come of the other side's word. */
    enum Progress {
        WAITING,
        DONE,
        NO_TLS
    }

    static byte[] word(String domain, boolean trusted) {
        byte[] name = ((trusted ? "+" : "-") + domain + "\n").getBytes(StandardCharsets.US_ASCII);
        byte[] word = new byte[name.length + 1];
        word[0] = HANDSHAKE;
        System.arraycopy(name, 0, word, 1, name.length);
        return word;
    }

    Progress feed(byte[] bytes) {
        heard.writeBytes(bytes);
        byte[] all = heard.toByteArray();
        if (all.length > 0 && all[0] != HANDSHAKE) {
            return Progress.NO_TLS;
        }
        for (int i = 0; i < all.length; i++) {
            if (all[i] == '\n') {
                heard = new ByteArrayOutputStream();
                heard.write(all, 0, i);
                behind = Arrays.copyOfRange(all, i + 1, all.length);
                return Progress.DONE;
            }
        }
        return Progress.WAITING;
    }

    /** What came behind the handshake. */
    byte[] behind() {
        return behind;
    }

    /** The certificate that the word stands for. */
    PresentedCertificate certificate() {
        String word = heard.toString(StandardCharsets.US_ASCII).substring(1);
        String name = word.substring(1);
        return domain -> {
            if (!word.startsWith("+")) {
                return new PeerCertificate.Untrusted("signed by itself");
            }
            return name.equals(domain)
                    ? new PeerCertificate.Trusted(name, "CN=" + name, END, AUTHORITY)
                    : new PeerCertificate.Untrusted("for " + name, Optional.of(AUTHORITY));
        };
    }
}
