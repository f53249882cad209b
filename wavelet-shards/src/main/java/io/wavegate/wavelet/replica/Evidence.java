package io.wavegate.wavelet.replica;

import com.google.protobuf.ByteString;
import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.ReceivedDelta;
import java.util.Optional;

/**
 * A contradiction between our history of a wavelet and what its host tells, with both sides.
 *
 * @param text what contradicts, for a person
 * @param ours the version at which ours stands, or the boundary of ours that is contradicted
 * @param offered what the host sent
 * @param ourBytes the delta of ours that stands where the offered one claims to, if there is one at hand
 */
public record Evidence(String text, HashedVersion ours, ReceivedDelta offered, Optional<ByteString> ourBytes) {}
