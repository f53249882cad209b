/**
 * Components in a cluster: each is connected to one node and reached from all, and one node at a time is connected as a
 * component of another server.
 */
@NullMarked
package io.wavegate.s2s.reach;

import org.jspecify.annotations.NullMarked;
