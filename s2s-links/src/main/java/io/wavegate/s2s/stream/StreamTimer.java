package io.wavegate.s2s.stream;

/** The timers of a stream; setting one that runs replaces it. */
public enum StreamTimer {
    /** The present state has lasted too long. */
    STATE,
    /** No stanza for long; only streams that are ready have it. */
    IDLE,
    /** Time to ask for an acknowledgement, or for the answer to have come. */
    ACK,
    /** The certificate that the peer was believed for ends; at a moment, not after a delay. */
    PEER_CERTIFICATE,
    /** The certificate that we showed ends; at a moment, not after a delay. */
    OWN_CERTIFICATE
}
