/** XML as XMPP uses it: elements, a streaming parser with its budget, serialization (RFC 6120 section 11). */
@NullMarked
package io.wavegate.s2s.xml;

import org.jspecify.annotations.NullMarked;
