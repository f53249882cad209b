package io.wavegate.s2s.federation;

import io.wavegate.wavelet.api.SignerInfo;
import io.wavegate.wavelet.api.WaveletUpdate;
import java.util.List;
import java.util.Optional;

/** What another domain asks of us, well-formed. */
public sealed interface FederationRequest {
    /** Whether only the wave service of a domain may ask it; the others are anybody's. */
    default boolean isWave() {
        return true;
    }

    /** The wave domain that the sender has to speak for, if the request itself tells. */
    default Optional<String> speaksFor() {
        return Optional.empty();
    }

    /** Spec 3.3. */
    record Submit(SubmitCodec.Request request) implements FederationRequest {}

    /** Spec 3.4. */
    record PostSigner(SignerInfo signer) implements FederationRequest {}

    /** Spec 3.5. */
    record AskSigner(SignerCodec.Request request) implements FederationRequest {}

    /** Spec 3.6. */
    record AskHistory(HistoryCodec.Request request) implements FederationRequest {}

    /**
     * Spec 3.1.
     *
     * @param updates at least one, all of wavelets of one domain
     * @param receipt whether a receipt is asked for
     */
    record Update(List<WaveletUpdate> updates, boolean receipt) implements FederationRequest {
        public Update {
            updates = List.copyOf(updates);
        }

        @Override
        public Optional<String> speaksFor() {
            return Optional.of(updates.get(0).wavelet().waveletDomain());
        }
    }

    /** Spec 3.7; answered by a receipt, asked for or not. */
    record WavePing() implements FederationRequest {
        @Override
        public boolean isWave() {
            return false;
        }
    }

    /** XEP-0199. */
    record Ping() implements FederationRequest {
        @Override
        public boolean isWave() {
            return false;
        }
    }

    /** XEP-0030, information. */
    record DiscoInfo(Optional<String> node) implements FederationRequest {
        @Override
        public boolean isWave() {
            return false;
        }
    }

    /** XEP-0030, items. */
    record DiscoItems(Optional<String> node) implements FederationRequest {
        @Override
        public boolean isWave() {
            return false;
        }
    }
}
