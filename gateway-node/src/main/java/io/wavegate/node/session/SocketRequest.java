package io.wavegate.node.session;

import io.wavegate.wavelet.model.HashedVersion;
import io.wavegate.wavelet.model.WaveletDelta;
import io.wavegate.wavelet.model.WaveletName;

/** What a client asks for over its WebSocket. Each is answered by a message with the same id. */
public sealed interface SocketRequest {

    /** The client's own word for this request. */
    String id();

    /** Apply a delta. Safe to repeat: the same delta is applied once. */
    record Submit(String id, WaveletName wavelet, WaveletDelta delta) implements SocketRequest {}

    /** Send durable deltas from a version on. */
    record Follow(String id, WaveletName wavelet, HashedVersion from) implements SocketRequest {}

    /** Send no more of them. */
    record Unfollow(String id, WaveletName wavelet) implements SocketRequest {}

    /** Say that you are there. */
    record Ping(String id) implements SocketRequest {}
}
