package io.wavegate.s2s.check;

import java.time.Instant;
import java.util.Optional;

/**
 * The chain that deltas of one of our domains are signed with, judged as we judge others'.
 *
 * @param domain ours
 * @param subject of its first certificate
 * @param notAfter the end of whichever certificate ends first
 * @param problem why it does not hold; empty if it does
 */
public record SignerFacts(String domain, String subject, Instant notAfter, Optional<String> problem) {}
