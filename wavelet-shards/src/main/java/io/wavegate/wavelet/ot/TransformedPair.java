package io.wavegate.wavelet.ot;

import io.wavegate.wavelet.model.DocOp;

/**
 * Both operations of a pair, transformed.
 *
 * @param client applies after the server's original operation
 * @param server applies after the client's original operation
 */
public record TransformedPair(DocOp client, DocOp server) {}
