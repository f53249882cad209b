package io.wavegate.s2s.stream;

/** The policy for each remote domain. */
@FunctionalInterface
public interface StreamPolicies {
    /** The policy for a domain, prepared. */
    StreamPolicy policyFor(String remote);
}
