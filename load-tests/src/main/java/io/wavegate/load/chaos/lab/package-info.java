/** What runs in a laboratory: gateways, their clusters, Cassandra, DNS and other servers, each a process that can be hurt. */
@NullMarked
package io.wavegate.load.chaos.lab;

import org.jspecify.annotations.NullMarked;
