/** Pekko shells: the sharded link entity, and the facade through which wavelets and streams reach it. */
@NullMarked
package io.wavegate.s2s.entity;

import org.jspecify.annotations.NullMarked;
