package io.wavegate.wavelet.model;

import com.google.protobuf.ByteString;

/**
 * A version with its history hash (spec section 5).
 *
 * @param version the number of operations applied so far, not negative
 * @param historyHash 20 bytes, or for version 0 the UTF-8 bytes of the wavelet name's URI
 */
public record HashedVersion(long version, ByteString historyHash) {}
