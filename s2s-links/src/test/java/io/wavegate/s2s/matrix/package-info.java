/**
 * Policies and certificates as a matrix: every cell is a policy of ours, a policy of a peer, a certificate of each and a
 * direction; {@link io.wavegate.s2s.matrix.Oracle} says how it has to end and why, without a line of the code under test.
 */
package io.wavegate.s2s.matrix;
