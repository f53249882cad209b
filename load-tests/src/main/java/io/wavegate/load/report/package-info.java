/** One command that measures what is claimed and writes it down as JSON and Markdown. */
@NullMarked
package io.wavegate.load.report;

import org.jspecify.annotations.NullMarked;
