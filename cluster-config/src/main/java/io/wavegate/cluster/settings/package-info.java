/** How nodes form one cluster: the settings, and the Pekko configuration that follows from them. */
@NullMarked
package io.wavegate.cluster.settings;

import org.jspecify.annotations.NullMarked;
