package io.wavegate.s2s.entity;

import io.wavegate.s2s.stream.DomainPair;

/** A way to the entities of links. */
@FunctionalInterface
interface LinkTeller {
    void tell(DomainPair link, LinkCommand command);
}
