package io.wavegate.s2s.stream;

/**
 * A key to be verified (XEP-0220).
 *
 * @param sender the domain that the initiating side claims to be, prepared
 * @param target the domain it wants to reach, prepared
 * @param streamId the id that the receiving side gave the stream
 * @param key the key, opaque to everyone but its maker
 */
public record DialbackQuestion(String sender, String target, String streamId, String key) {}
