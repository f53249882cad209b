/**
 * Together with Apache Wave: what it sent and received when it was recorded, replayed against whole nodes of ours, and a
 * scripted peer with its habits (spec 13).
 */
package io.wavegate.s2s.wave;
