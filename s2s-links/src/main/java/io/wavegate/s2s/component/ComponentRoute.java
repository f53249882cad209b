package io.wavegate.s2s.component;

import io.wavegate.s2s.jid.Jid;
import io.wavegate.s2s.stanza.ErrorCondition;
import io.wavegate.s2s.xml.XmlElement;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Where a component's stanza goes. */
public sealed interface ComponentRoute {
    /** To a component that connects here. */
    record ToComponent(String host) implements ComponentRoute {}

    /** To a name of our own. */
    record ToUs(String name) implements ComponentRoute {}

    /** To another domain. */
    record ToDomain(String domain) implements ComponentRoute {}

    /** Nowhere. */
    record Nowhere(ErrorCondition condition, String text) implements ComponentRoute {}

    /**
     * Decides by the address alone.
     *
     * @param components names of components that may connect here
     * @param ours whether a name is one of our own
     */
    static ComponentRoute of(XmlElement stanza, Set<String> components, Predicate<String> ours) {
        Optional<String> to = stanza.attribute("to");
        if (to.isEmpty()) {
            return new Nowhere(ErrorCondition.BAD_REQUEST, "A component's stanza needs a to.");
        }
        Optional<String> domain = Jid.parse(to.get()).map(jid -> jid.domain().value());
        if (domain.isEmpty()) {
            return new Nowhere(ErrorCondition.JID_MALFORMED, "The address in to is none.");
        }
        String name = domain.get();
        return components.contains(name)
                ? new ToComponent(name)
                : ours.test(name) ? new ToUs(name) : new ToDomain(name);
    }
}
