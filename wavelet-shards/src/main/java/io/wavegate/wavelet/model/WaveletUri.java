package io.wavegate.wavelet.model;

import java.util.Arrays;
import java.util.Optional;

/**
 * The wavelet name on the wire (spec section 1): {@code wave://waveletdomain/[wavedomain!]waveid/waveletid}. Several
 * spellings can be read, one is written; its UTF-8 bytes are the version-0 hash (spec section 5).
 */
final class WaveletUri {
    private static final String SCHEME = "wave://";
    // Three ids or domains percent-encoded three to one, with room to spare: refused before any work is done.
    private static final int MAX_LENGTH = 16 * 1024;

    private WaveletUri() {}

    static String of(WaveletName name) {
        String wave = name.waveDomain().equals(name.waveletDomain()) ? "" : name.waveDomain() + "!";
        return SCHEME
                + name.waveletDomain()
                + "/"
                + wave
                + PercentCoding.encode(name.waveId())
                + "/"
                + PercentCoding.encode(name.waveletId());
    }

    static Optional<WaveletName> parse(String uri) {
        if (!uri.startsWith(SCHEME) || uri.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        // Like the reference, forgives slashes at the end.
        String[] parts = uri.substring(SCHEME.length()).split("/");
        if (parts.length != 3 || Arrays.asList(parts).contains("")) {
            return Optional.empty();
        }
        return wave(parts[0], parts[1])
                .flatMap(wave -> id(parts[0], parts[2]).map(wavelet -> WaveletName.of(wave, wavelet)));
    }

    // The separator counts only as it stands: one that is percent-encoded belongs to the id and makes it invalid.
    private static Optional<QualifiedId> wave(String host, String text) {
        int separator = LegacyEscaping.soleSeparator(text);
        return switch (separator) {
            case -2 -> Optional.empty();
            case -1 -> id(host, text);
            default -> id(text.substring(0, separator), text.substring(separator + 1));
        };
    }

    private static Optional<QualifiedId> id(String domain, String encoded) {
        return PercentCoding.decode(encoded)
                .filter(LegacyEscaping::isProperlyEscaped)
                .flatMap(id -> QualifiedId.of(domain, id));
    }
}
