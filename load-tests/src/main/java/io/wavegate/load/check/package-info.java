/**
 * Judges what was seen of wavelets by everybody, whoever produced it: the simulation and the chaos of real processes use the
 * same checker. Pure: no clock, thread or chance. The statements are those of "No loss, formally".
 */
@NullMarked
package io.wavegate.load.check;

import org.jspecify.annotations.NullMarked;
