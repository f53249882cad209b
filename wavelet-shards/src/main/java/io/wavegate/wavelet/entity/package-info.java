/**
 * Wavelets as sharded, event-sourced actors, and the face behind which they live. Shells: they carry out what the cores
 * ({@code authority}, {@code replica}, {@code delivery}) decide, and keep the order: first durable, then told.
 */
@NullMarked
package io.wavegate.wavelet.entity;

import org.jspecify.annotations.NullMarked;
