package io.wavegate.wavelet.model;

import java.util.List;

/**
 * An author's operations against one version.
 *
 * @param target the version they are made against
 * @param author who made them
 * @param operations in order
 * @param addressPath group delegation; the reference never sends it
 */
public record WaveletDelta(
        HashedVersion target,
        ParticipantId author,
        List<WaveletOperation> operations,
        List<ParticipantId> addressPath) {
    public WaveletDelta {
        operations = List.copyOf(operations);
        addressPath = List.copyOf(addressPath);
    }
}
