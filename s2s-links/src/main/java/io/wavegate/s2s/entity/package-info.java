/**
 * Pekko shells: the sharded link entity, and the facade through which wavelets and streams reach it.
 *
 * <p>What goes to a link may come from any node of the cluster and is serialized ({@link io.wavegate.s2s.entity.LinkMessage}).
 * Its streams do not: an entity opens them at the edge of the node it lives on, holds them as objects, and they end when it
 * moves (strength S1: they are opened again where it wakes). The routes of answers that come under a name which serves
 * several domains ({@link io.wavegate.s2s.entity.ForeignServices}) are known to the entity's node only; such an answer that
 * arrives at another node goes to the link of that name, where nobody waits for it, so that the request counts as unanswered.
 */
@NullMarked
package io.wavegate.s2s.entity;

import org.jspecify.annotations.NullMarked;
