package io.wavegate.s2s.link;

import static io.wavegate.s2s.link.LinkScript.withPreamble;
import static org.assertj.core.api.Assertions.assertThat;

import io.wavegate.s2s.xml.XmlElement;
import org.junit.jupiter.api.Test;

/** A peer knows the signer before it gets what he signed. */
final class SignersOfLinkTest {
    private final LinkScript script = new LinkScript();

    @Test
    void signerIsPostedOnceAndSubmitsFollowInOrder() {
        script.ask(withPreamble("signer"));
        script.ask(withPreamble("signer"));
        script.discoverWaveService();
        XmlElement post = script.next();
        assertThat(post.child("urn:x", "signer")).isPresent();
        assertThat(script.sent).isEmpty();
        script.result(post, "");
        assertThat(script.sent).hasSize(2).allMatch(stanza -> stanza.child("urn:x", "submit")
                .isPresent());
        script.sent.clear();
        script.ask(withPreamble("signer"));
        assertThat(script.next().child("urn:x", "submit")).isPresent();
    }

    @Test
    void submitFollowsEvenIfThePostWasRefused() {
        script.ask(withPreamble("signer"));
        script.discoverWaveService();
        script.error(script.next(), "bad-request");
        assertThat(script.next().child("urn:x", "submit")).isPresent();
    }

    @Test
    void forgottenSignerIsPostedAgainOnce() {
        long token = script.ask(withPreamble("signer"));
        script.discoverWaveService();
        script.result(script.next(), "");
        script.error(script.next(), "internal-server-error");
        XmlElement post = script.next();
        assertThat(post.child("urn:x", "signer")).isPresent();
        script.result(post, "");
        script.error(script.next(), "internal-server-error");
        assertThat(script.outcomes.get(token)).isInstanceOf(Outcome.Refused.class);
        assertThat(script.sent).isEmpty();
    }

    @Test
    void changedSignerIsPostedBeforeItsSubmit() {
        script.ask(withPreamble("old"));
        script.ask(withPreamble("new"));
        script.discoverWaveService();
        script.result(script.next(), "");
        assertThat(script.next().child("urn:x", "submit")).isPresent();
        XmlElement post = script.next();
        assertThat(post.child("urn:x", "new")).isPresent();
        script.result(post, "");
        assertThat(script.next().child("urn:x", "submit")).isPresent();
    }
}
