/** JSON forms of the wave model, the same for the client API and its client: protobuf field names, as in the recorded vectors. */
@NullMarked
package io.wavegate.node.json;

import org.jspecify.annotations.NullMarked;
