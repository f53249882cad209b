package io.wavegate.s2s.stream;

import io.wavegate.s2s.xml.XmlElement;
import java.util.Optional;
import java.util.Set;

/** The authoritative server's answer to a {@code db:verify} (XEP-0220 section 2.1.1, step 3). */
final class DialbackAuthority {
    private DialbackAuthority() {}

    /** @param verify with two domains */
    static XmlElement answer(XmlElement verify, Set<String> domains, DialbackKey key) {
        Optional<String> to = Incoming.domain(verify, "to").filter(domains::contains);
        if (to.isEmpty()) {
            return Nonzas.dialbackAnswer(verify, DialbackAnswer.ITEM_NOT_FOUND);
        }
        DialbackQuestion question = new DialbackQuestion(
                to.get(),
                Incoming.domain(verify, "from").orElse(""),
                verify.attribute("id").orElse(""),
                verify.text().strip());
        return Nonzas.dialbackAnswer(verify, key.recognises(question) ? DialbackAnswer.VALID : DialbackAnswer.INVALID);
    }
}
