package io.wavegate.s2s.stream;

/**
 * What a stream may cost us.
 *
 * @param elementBytesBefore bytes of one element before authentication
 * @param elementBytesAfter bytes of one element after authentication
 * @param pairs pairs of domains on one stream, authenticated or being verified
 * @param saslAttempts failed attempts of SASL after which the stream is closed
 */
public record StreamLimits(int elementBytesBefore, int elementBytesAfter, int pairs, int saslAttempts) {
    /** Spec 15: RFC 6120 asks for at least 10,000 bytes; 512 KiB is what servers commonly take. */
    public static final StreamLimits DEFAULT = new StreamLimits(10_000, 512 * 1024, 32, 3);
}
