/**
 * What {@code wavegate check} finds: facts about another domain, or about ours as others see it, and what is to be made of them.
 * Values and judgements; {@code probe} and {@code netty} gather the facts.
 */
@NullMarked
package io.wavegate.s2s.check;

import org.jspecify.annotations.NullMarked;
