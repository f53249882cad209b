package io.wavegate.wavelet.api;

import io.wavegate.wavelet.model.DocOp;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ParticipantId;
import io.wavegate.wavelet.model.WaveletName;
import java.util.List;
import java.util.SortedMap;

/**
 * A wavelet at a durable version.
 *
 * @param documents by document id, each as the operation that makes it out of the empty document
 */
public record WaveletView(
        WaveletName name,
        HashedVersion version,
        List<ParticipantId> participants,
        SortedMap<String, DocOp> documents,
        ParticipantId creator,
        long creationTimeMillis,
        long lastModifiedTimeMillis) {}
