/**
 * TLS by JSSE and certificates by Bouncy Castle: loading ours, judging theirs, making handshakes (RFC 6120 sections 5 and
 * 13.7, RFC 7590, RFC 9325).
 */
@NullMarked
package io.wavegate.s2s.tls;

import org.jspecify.annotations.NullMarked;
