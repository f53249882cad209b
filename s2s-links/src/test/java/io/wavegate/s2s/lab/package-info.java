/** What the tests of this module stand on: certificates, a DNS server, real XMPP servers. */
package io.wavegate.s2s.lab;
