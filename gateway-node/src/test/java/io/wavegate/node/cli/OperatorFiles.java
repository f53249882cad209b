package io.wavegate.node.cli;

import io.wavegate.node.config.FindingException;
import io.wavegate.node.devca.DevelopmentCa;
import io.wavegate.node.token.TokenAlgorithm;
import io.wavegate.node.token.TokenKeyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/** Files of an operator who speaks for a.test. */
record OperatorFiles(Path folder, DevelopmentCa.CertificateAndKey certificate, Path anchor, Path tokenKey) {

    static OperatorFiles in(Path folder) throws IOException, FindingException {
        DevelopmentCa authority = DevelopmentCa.in(folder.resolve("ca"), Clock.systemUTC());
        Path tokenKey = folder.resolve("tokens.pem");
        TokenKeyFiles.make(TokenAlgorithm.EDDSA, tokenKey);
        return new OperatorFiles(folder, authority.issue("a.test"), authority.anchor(), tokenKey);
    }

    /** Lines of a configuration that is right; what more is written follows from line 5 on. */
    String right() {
        return """
                wavegate.domains = [{ name = "a.test", certificate = "%s", key = "%s" }]
                wavegate.tokens.key = "%s"
                wavegate.s2s.tls.trust-anchors = ["%s"]
                wavegate.store.embedded.folder = "%s"
                """
                .formatted(certificate.certificate(), certificate.key(), tokenKey, anchor, folder.resolve("store"));
    }

    /** Writes {@code gateway.conf}. */
    String write(String text) throws IOException {
        return Files.writeString(folder.resolve("gateway.conf"), text).toString();
    }
}
