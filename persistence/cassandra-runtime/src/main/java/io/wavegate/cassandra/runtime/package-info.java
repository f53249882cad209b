/** A real Cassandra for tests, in a JVM and with a class path of its own. */
package io.wavegate.cassandra.runtime;
