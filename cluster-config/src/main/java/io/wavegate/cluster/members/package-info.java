/** What an operator sees of a cluster and can do to it, and whether this node is fit to serve. */
@NullMarked
package io.wavegate.cluster.members;

import org.jspecify.annotations.NullMarked;
