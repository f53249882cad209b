package io.wavegate.s2s.limit;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.wavegate.s2s.settings.Bounded;

/**
 * {@code wavegate.s2s.streams.limits} where it is about many streams; each key is explained in {@code reference.conf}.
 *
 * @param connections accepted at once, of an address (in IPv6 a network of /64), of a domain
 * @param attempts connections in a minute, of an address, of a domain
 * @param handshakes connections being negotiated at once, of an address; not known by domain yet
 * @param strangerBytes read in a second before authentication, of an address
 * @param peerBytes read in a second after authentication, of a domain
 * @param verifications dialback verifications at once, asked for from an address, of a domain
 */
public record LimitSettings(
        Most connections, Most attempts, Most handshakes, Most strangerBytes, Most peerBytes, Most verifications) {
    private static final int MANY = 10_000_000;
    private static final long MANY_BYTES = 1L << 40;

    /**
     * How much of something.
     *
     * @param all of all together
     * @param ofAddress of one address; of all where it is not limited by address
     * @param ofDomain of one domain; of all where it is not limited by domain
     */
    public record Most(long all, long ofAddress, long ofDomain) {}

    /**
     * Reads and validates.
     *
     * @param limits the value of {@code wavegate.s2s.streams.limits}
     * @throws ConfigException naming the key, if one is missing or out of bounds
     */
    public static LimitSettings from(Config limits) {
        return new LimitSettings(
                counted(limits, "connections", true),
                counted(limits, "attempts-per-minute", true),
                counted(limits, "handshakes", false),
                bytes(limits, "bytes-per-second-before-authentication", "-per-address"),
                bytes(limits, "bytes-per-second", "-per-domain"),
                counted(limits, "verifications", true));
    }

    private static Most counted(Config limits, String key, boolean byDomain) {
        int all = Bounded.number(limits, key, 1, MANY);
        int ofAddress = Bounded.number(limits, key + "-per-address", 1, MANY);
        return new Most(all, ofAddress, byDomain ? Bounded.number(limits, key + "-per-domain", 1, MANY) : all);
    }

    private static Most bytes(Config limits, String key, String one) {
        long all = Bounded.bytes(limits, key, 10_000, MANY_BYTES);
        long ofOne = Bounded.bytes(limits, key + one, 10_000, MANY_BYTES);
        return new Most(all, ofOne, ofOne);
    }
}
