package io.wavegate.wavelet.model;

import java.util.Optional;

/**
 * Names a wavelet (spec section 11). The wavelet's domain is its host. Only names valid in the modern grammar exist, so
 * that a wavelet has one name: it is the key of stores and entities.
 *
 * @param waveDomain the domain of the wave id
 * @param waveId the local part of the wave id, for example {@code w+abc}
 * @param waveletDomain the domain of the wavelet id: the host
 * @param waveletId the local part of the wavelet id, for example {@code conv+root}
 */
public record WaveletName(String waveDomain, String waveId, String waveletDomain, String waveletId) {
    private static final String SAME_DOMAIN = "~";

    public WaveletName {
        if (QualifiedId.of(waveDomain, waveId).isEmpty()
                || QualifiedId.of(waveletDomain, waveletId).isEmpty()) {
            throw new IllegalArgumentException(
                    "not a wavelet name: " + waveDomain + "/" + waveId + "/" + waveletDomain + "/" + waveletId);
        }
    }

    /** The name of both ids, which are valid. */
    public static WaveletName of(QualifiedId wave, QualifiedId wavelet) {
        return new WaveletName(wave.domain(), wave.id(), wavelet.domain(), wavelet.id());
    }

    /** The wave's id. */
    public QualifiedId wave() {
        return new QualifiedId(waveDomain, waveId);
    }

    /** The wavelet's id. */
    public QualifiedId wavelet() {
        return new QualifiedId(waveletDomain, waveletId);
    }

    /** {@code wave://waveletdomain/[wavedomain!]waveid/waveletid}; see {@link WaveletUri}. */
    public String toUri() {
        return WaveletUri.of(this);
    }

    /** Reads a URI in any of its spellings; see {@link WaveletUri}. */
    public static Optional<WaveletName> parseUri(String uri) {
        return WaveletUri.parse(uri);
    }

    /** {@code wavedomain/waveid/waveletdomain/waveletid}, with {@code ~} for an equal wavelet domain. */
    public String toModern() {
        String host = waveletDomain.equals(waveDomain) ? SAME_DOMAIN : waveletDomain;
        return waveDomain + "/" + waveId + "/" + host + "/" + waveletId;
    }

    /** Reads the modern form; an equal wavelet domain written out is an error. */
    public static Optional<WaveletName> parseModern(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 4 || parts[2].equals(parts[0])) {
            return Optional.empty();
        }
        String host = parts[2].equals(SAME_DOMAIN) ? parts[0] : parts[2];
        return QualifiedId.of(parts[0], parts[1])
                .flatMap(wave -> QualifiedId.of(host, parts[3]).map(wavelet -> of(wave, wavelet)));
    }

    /** The modern form. */
    @Override
    public String toString() {
        return toModern();
    }
}
