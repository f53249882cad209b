package io.wavegate.node.devca;

import io.wavegate.s2s.jid.Domain;
import io.wavegate.s2s.tls.CertificateFiles;
import io.wavegate.s2s.tls.CertificateProblem;
import io.wavegate.s2s.tls.DomainCertificate;
import io.wavegate.s2s.tls.LoadedCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A certificate authority in a folder, made on first use. Its key lies there unprotected but for the file's permissions: it is
 * for development and demonstrations, where both ends are told to trust it, and for nothing else.
 */
public final class DevelopmentCa {
    private static final Duration AUTHORITY_VALIDITY = Duration.ofDays(3650);
    private static final Duration LEAF_VALIDITY = Duration.ofDays(365);
    /** A leaf is issued anew when it has less than this to live. */
    private static final Duration RENEWAL = Duration.ofDays(30);
    /** Clocks of two machines differ. */
    private static final Duration CLOCK_SKEW = Duration.ofHours(1);

    private final Path folder;
    private final Clock clock;
    private final Issued authority;

    private DevelopmentCa(Path folder, Clock clock, Issued authority) {
        this.folder = folder;
        this.clock = clock;
        this.authority = authority;
    }

    /**
     * Opens the authority in the folder; makes folder and authority if they are not there or the authority has expired. Several
     * processes may do this at once.
     *
     * @throws IOException if the folder cannot be written or holds a damaged authority; the message says what to do
     */
    public static DevelopmentCa in(Path folder, Clock clock) throws IOException {
        Files.createDirectories(folder);
        try (FolderLock lock = FolderLock.take(folder)) {
            Path certificate = folder.resolve("ca.crt");
            Path key = folder.resolve("ca.key");
            // The certificate is written last: without it, making the authority was interrupted and nobody trusts it
            // yet.
            Optional<Issued> found = Files.exists(certificate) ? read(certificate, key, clock) : Optional.empty();
            return new DevelopmentCa(folder, clock, found.isPresent() ? found.get() : make(certificate, key, clock));
        }
    }

    private static Issued make(Path certificate, Path key, Clock clock) throws IOException {
        Issued made = CertificateIssuer.authority(
                "Wavegate development CA",
                clock.instant().minus(CLOCK_SKEW),
                clock.instant().plus(AUTHORITY_VALIDITY));
        PemFiles.writeKey(key, made.key());
        PemFiles.writeCertificates(certificate, List.of(made.certificate()));
        return made;
    }

    /** The authority that is there; empty if it would expire before what it issues. */
    private static Optional<Issued> read(Path certificate, Path key, Clock clock) throws IOException {
        LoadedCertificate loaded = CertificateFiles.load(
                List.of(), certificate, key, clock.instant().plus(LEAF_VALIDITY));
        if (loaded instanceof LoadedCertificate.Usable usable) {
            DomainCertificate found = usable.certificate();
            return Optional.of(new Issued(found.leaf(), found.key()));
        }
        CertificateProblem problem =
                ((LoadedCertificate.Broken) loaded).problems().get(0);
        if (problem.kind() == CertificateProblem.Kind.EXPIRED) {
            return Optional.empty();
        }
        throw new IOException("The development authority in " + certificate.getParent() + " is damaged: "
                + problem.text() + "; or delete the folder, a new authority is made then and has to be trusted anew");
    }

    /** The PEM file to trust: for {@code wavegate.s2s.tls.trust-anchors}. */
    public Path anchor() {
        return folder.resolve("ca.crt");
    }

    /**
     * The certificate and key of a domain and of {@code wave.} + domain, both server and client by extended key usage; kept from
     * before if still good for a while, else issued.
     *
     * @param domain prepared domain
     * @throws IOException if it is no domain name or the files cannot be written
     */
    public CertificateAndKey issue(String domain) throws IOException {
        String ascii = Domain.parse(domain)
                .orElseThrow(() -> new IOException("\"" + domain + "\" is not a domain name; correct it"))
                .ascii();
        try (FolderLock lock = FolderLock.take(folder)) {
            CertificateAndKey files =
                    new CertificateAndKey(folder.resolve(ascii + ".crt"), folder.resolve(ascii + ".key"));
            if (!good(domain, files)) {
                Issued made = CertificateIssuer.leaf(
                        authority,
                        List.of(ascii, "wave." + ascii),
                        clock.instant().minus(CLOCK_SKEW),
                        clock.instant().plus(LEAF_VALIDITY));
                PemFiles.writeKey(files.key(), made.key());
                PemFiles.writeCertificates(files.certificate(), List.of(made.certificate(), authority.certificate()));
            }
            return files;
        }
    }

    private boolean good(String domain, CertificateAndKey files) {
        LoadedCertificate loaded = CertificateFiles.load(
                List.of(domain, "wave." + domain),
                files.certificate(),
                files.key(),
                clock.instant().plus(RENEWAL));
        if (!(loaded instanceof LoadedCertificate.Usable usable)) {
            return false;
        }
        X509Certificate leaf = usable.certificate().leaf();
        return leaf.getIssuerX500Principal().equals(authority.certificate().getSubjectX500Principal())
                && CertificateIssuer.signed(authority, leaf);
    }

    /** Where the PEM files of a domain are. */
    public record CertificateAndKey(Path certificate, Path key) {}
}
