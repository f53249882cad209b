package io.wavegate.s2s.xml;

import java.util.Optional;

/**
 * The opening tag of a stream as received; nothing about it is checked yet but that it is well-formed.
 *
 * @param name expanded name of the root element
 * @param contentNamespace the default namespace, empty if none is declared
 * @param declaresDialback whether {@code jabber:server:dialback} is bound to a prefix: the sender speaks dialback
 * @param from the sender's domain, raw
 * @param to the domain wanted, raw
 * @param id the stream's id
 * @param version the XMPP version, absent before RFC 3920
 */
public record StreamHeader(
        XmlName name,
        String contentNamespace,
        boolean declaresDialback,
        Optional<String> from,
        Optional<String> to,
        Optional<String> id,
        Optional<String> version) {}
