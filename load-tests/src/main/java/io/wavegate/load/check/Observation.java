package io.wavegate.load.check;

/**
 * One thing that somebody saw of a wavelet. Times are of one clock for all observers, in any unit.
 *
 * @param kind what it is of
 * @param observer who saw it: a client, a node
 * @param domain the observer's domain
 * @param wavelet which wavelet
 * @param from the version at which a delta applied; otherwise equal to {@code version}
 * @param version the version seen, after a delta
 * @param hash its history hash, hexadecimal; empty if it was not told
 * @param bytesId identity of the delta: SHA-256 of what its author signed, hexadecimal; empty if there is none
 * @param sent when it was asked for or sent
 * @param received when it was seen; equal to {@code sent} if only one is known
 */
public record Observation(
        Kind kind,
        String observer,
        String domain,
        String wavelet,
        long from,
        long version,
        String hash,
        String bytesId,
        long sent,
        long received) {

    /** A client hands in a delta. */
    public static Observation submitted(String client, String domain, String wavelet, String bytesId, long sent) {
        return new Observation(Kind.SUBMITTED, client, domain, wavelet, 0, 0, "", bytesId, sent, sent);
    }

    /** A client is answered. */
    public static Observation acknowledged(
            String client,
            String domain,
            String wavelet,
            long version,
            String hash,
            String bytesId,
            long sent,
            long received) {
        return new Observation(
                Kind.ACKNOWLEDGED, client, domain, wavelet, version, version, hash, bytesId, sent, received);
    }

    /** A client is told that its delta will never be applied. */
    public static Observation refused(
            String client, String domain, String wavelet, String bytesId, long sent, long received) {
        return new Observation(Kind.REFUSED, client, domain, wavelet, 0, 0, "", bytesId, sent, received);
    }

    /** A head is told. */
    public static Observation notice(
            String observer, String domain, String wavelet, long version, String hash, long sent, long received) {
        return new Observation(Kind.NOTICE, observer, domain, wavelet, version, version, hash, "", sent, received);
    }

    /** In one line, for a person. */
    @Override
    public String toString() {
        String range = from == version ? "v" + version : "v" + from + ".." + version;
        return kind + " " + observer + "@" + domain + " " + wavelet + " " + range + " hash=" + shortened(hash)
                + " delta=" + shortened(bytesId) + " sent=" + sent + " received=" + received;
    }

    static String shortened(String hex) {
        return hex.length() <= 12 ? hex : hex.substring(0, 12);
    }
}
