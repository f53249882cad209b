/** The admin API: what an operator asks of the running node and does to it; {@code docs/admin-api} describes it. */
@NullMarked
package io.wavegate.node.admin;

import org.jspecify.annotations.NullMarked;
