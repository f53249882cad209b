package io.wavegate.wavelet.entity;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.wavegate.persistence.journal.Append;
import io.wavegate.persistence.journal.Journal;
import io.wavegate.persistence.journal.StoredEvent;
import io.wavegate.persistence.journal.StreamId;
import io.wavegate.persistence.schema.SignerStored;
import io.wavegate.wavelet.api.Answer;
import io.wavegate.wavelet.api.SignerInfo;
import io.wavegate.wavelet.codec.SignerInfoCodec;
import io.wavegate.wavelet.trust.CertificateChain;
import io.wavegate.wavelet.trust.TrustPolicy;
import io.wavegate.wavelet.trust.TrustedSigner;
import java.io.InputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Signers whose chains hold, by id: in the journal for ever, some in memory. The id is the hash of the chain, so what is
 * kept proves itself; for whom it speaks is asked with each delta.
 */
final class SignerStore {
    private static final String MANIFEST = "signer-1";

    private final Journal journal;
    private final Supplier<TrustPolicy> trust;
    private volatile TrustPolicy appliedTrust;
    private final WorkPool verifying;
    private final Map<ByteString, Answer<TrustedSigner>> cache;

    /** @param trust whose certificates count at present; the same object as long as nothing changes */
    SignerStore(Journal journal, Supplier<TrustPolicy> trust, WorkPool verifying, int cached) {
        this.journal = journal;
        this.trust = trust;
        this.appliedTrust = trust.get();
        this.verifying = verifying;
        this.cache = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<ByteString, Answer<TrustedSigner>> eldest) {
                return size() > cached;
            }
        });
    }

    /** A signer in memory. */
    Optional<Answer<TrustedSigner>> cached(ByteString id) {
        policy();
        return Optional.ofNullable(cache.get(id));
    }

    /**
     * A signer that has been kept.
     *
     * @param asking the domain for whose sake it is looked for
     */
    CompletionStage<Optional<Answer<TrustedSigner>>> find(String asking, ByteString id) {
        Optional<Answer<TrustedSigner>> known = cached(id);
        return known.isPresent()
                ? CompletableFuture.completedFuture(known)
                : journal.last(stream(id), Long.MAX_VALUE)
                        .thenCompose(event -> verifying.run(asking, () -> {
                            Optional<Answer<TrustedSigner>> read =
                                    event.flatMap(SignerStore::read).map(this::validate);
                            read.ifPresent(signer -> cache.put(id, signer));
                            return read;
                        }));
    }

    /**
     * Validates a chain without keeping it.
     *
     * @param from the domain that sent it
     */
    CompletionStage<Answer<TrustedSigner>> check(String from, SignerInfo info) {
        return verifying.run(from, () -> validate(info));
    }

    /** Keeps a signer: known at once, durable when the stage completes. */
    CompletionStage<TrustedSigner> keep(TrustedSigner signer) {
        if (cached(signer.id()).isPresent()) {
            return CompletableFuture.completedFuture(signer);
        }
        cache.put(signer.id(), new Answer.Ok<>(signer));
        SignerStored stored = SignerStored.newBuilder()
                .setSignerId(signer.id())
                .setSignerInfo(SignerInfoCodec.encode(signer.info()))
                .build();
        StoredEvent event = new StoredEvent(0, MANIFEST, stored.toByteString());
        // Fenced means that it is there already: one id has one chain.
        return journal.append(new Append(stream(signer.id()), 0, List.of(event), 1, List.of()))
                .whenComplete((result, failure) -> {
                    if (failure != null) {
                        cache.remove(signer.id());
                    }
                })
                .thenApply(result -> signer);
    }

    /**
     * Validates a chain at the time at which its youngest certificate began, so that old history can be verified for
     * ever. Whether it was valid at a delta's time is asked with each delta.
     */
    Answer<TrustedSigner> validate(SignerInfo info) {
        long at = 0;
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (ByteString certificate : info.certificates()) {
                InputStream der = certificate.newInput();
                if (factory.generateCertificate(der) instanceof X509Certificate x509) {
                    at = Math.max(at, x509.getNotBefore().getTime());
                }
            }
        } catch (CertificateException e) {
            // The chain's own validation says what is wrong with it.
            at = 0;
        }
        return CertificateChain.validate(info, policy(), at);
    }

    /** What was judged by other authorities is judged anew. */
    private TrustPolicy policy() {
        TrustPolicy now = trust.get();
        if (now != appliedTrust) {
            appliedTrust = now;
            cache.clear();
        }
        return now;
    }

    private static Optional<SignerInfo> read(StoredEvent event) {
        try {
            Answer<SignerInfo> info = SignerInfoCodec.decode(
                    SignerStored.parseFrom(event.payload()).getSignerInfo());
            return info instanceof Answer.Ok<SignerInfo> ok ? Optional.of(ok.value()) : Optional.empty();
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }

    private static StreamId stream(ByteString id) {
        return new StreamId("signer", HexFormat.of().formatHex(id.toByteArray()));
    }
}
