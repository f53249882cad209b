package io.wavegate.wavelet.authority;

import io.wavegate.wavelet.model.SignedDelta;
import io.wavegate.wavelet.model.WaveletDelta;

/**
 * A delta handed in for a wavelet of ours: well-formed, within limits, signatures still to be verified. Made by
 * {@link SubmissionParser}.
 *
 * @param signed the exact bytes
 * @param delta what they say
 * @param origin who handed it in
 */
public record Submission(SignedDelta signed, WaveletDelta delta, Origin origin) {}
