package io.wavegate.s2s.api;

/**
 * Who vouches for a domain in TLS, as an operator sees it.
 *
 * @param by the authority, or the key where there is none
 * @param sinceMillis since when, milliseconds since the epoch
 * @param before who did before that; empty if nobody else is known
 */
public record VoucherView(String by, long sinceMillis, String before) {}
