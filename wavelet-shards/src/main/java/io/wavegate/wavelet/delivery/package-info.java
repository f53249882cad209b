/**
 * What each remote domain is told of a hosted wavelet: how far it has acknowledged, the window beyond it, pause and
 * resumption (spec 7.4). Decisions only: no Pekko, no clock, no thread.
 */
@NullMarked
package io.wavegate.wavelet.delivery;

import org.jspecify.annotations.NullMarked;
