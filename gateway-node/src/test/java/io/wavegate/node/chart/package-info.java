/** The Helm chart in {@code cluster-config/deploy}, rendered by Helm itself and held against the program. */
@NullMarked
package io.wavegate.node.chart;

import org.jspecify.annotations.NullMarked;
