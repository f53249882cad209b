/**
 * External components (XEP-0114), both ways: programs that connect to us and get the network through us, and ourselves as
 * a component of another server. Protocol and decisions only; the connections are made in {@code netty}.
 */
@NullMarked
package io.wavegate.s2s.component;

import org.jspecify.annotations.NullMarked;
