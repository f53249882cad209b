package io.wavegate.s2s.stream;

/**
 * A local domain and a remote one, both prepared (RFC 7622). Sub-domains are domains of their own.
 *
 * @param local one of ours
 * @param remote the other
 */
public record DomainPair(String local, String remote) {}
