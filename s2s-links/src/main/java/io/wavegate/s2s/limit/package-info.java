/**
 * How much others may take of us at once and in a time, and who gets what where it is not enough for all (XEP-0205).
 */
@NullMarked
package io.wavegate.s2s.limit;

import org.jspecify.annotations.NullMarked;
