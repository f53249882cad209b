/** Streams with real Prosody and real ejabberd, each behind its own configuration. */
package io.wavegate.s2s.interop;
